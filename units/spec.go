package units

import (
	"math"
	"strconv"
	"strings"
)

// ParseDimension reads what may stand after the colon of an equation: an unscaled unit or an expression of units with
// * / ** and parentheses ("volt", "amp/metre**2", "second**-0.5"), "1" for a plain number, "integer" or "boolean".
// A scaled unit is an error with the unscaled one as its hint. The error is an *Error with Reason BadUnit or BadSyntax.
func ParseDimension(spec string) (d Dimension, k Kind, err error) {
	switch strings.TrimSpace(spec) {
	case "integer":
		return Dimension{}, Integer, nil
	case "boolean":
		return Dimension{}, Boolean, nil
	case "":
		return Dimension{}, Float, failure(BadSyntax, "", "the unit is missing after the colon")
	}
	err = reading(func() {
		s := specParser{parser: parser{text: spec}}
		s.next()
		d = s.term()
		if s.token != "" {
			panic(s.unexpected("*, / or the end"))
		}
		if s.scaled != "" {
			panic(failure(BadUnit, "use "+d.suggested(spec), "%s is a scaled unit, an equation needs one without prefix", s.scaled))
		}
	})
	if err != nil {
		return Dimension{}, Float, err
	}
	return d, Float, nil
}

// suggested spells the dimension that a spec with a scaled unit stands for.
func (d Dimension) suggested(spec string) string {
	if strings.Contains(spec, "M") && d == units(-3, 0, 0, 0, 0, 1, 0) || strings.TrimSpace(spec) == "molar" {
		return "mmolar"
	}
	return d.String()
}

// specParser reads units alone and remembers the first scaled one.
type specParser struct {
	parser
	scaled string
}

func (s *specParser) term() Dimension {
	left := s.power()
	for {
		switch s.accept("*", "/") {
		case "*":
			left = left.Mul(s.power())
		case "/":
			left = left.Div(s.power())
		default:
			return left
		}
	}
}

func (s *specParser) power() Dimension {
	base := s.primary()
	if s.token == "^" {
		panic(failure(BadSyntax, "use ** instead", "^ is no power in %q", s.text))
	}
	if s.accept("**") == "" {
		return base
	}
	return powerDimension(Scalar(1), base, s.exponent())
}

// exponent reads a number, signed or not, or a quotient of numbers in parentheses.
func (s *specParser) exponent() float64 {
	if s.accept("-") != "" {
		return -s.exponentSize()
	}
	return s.exponentSize()
}

func (s *specParser) exponentSize() float64 {
	switch {
	case s.accept("(") != "":
		exponent := s.exponentPart()
		if s.accept("/") != "" {
			exponent /= s.exponentPart()
		}
		s.close()
		return exponent
	case numberLength(s.token) > 0:
		exponent, _ := strconv.ParseFloat(s.token, 64)
		if math.Abs(exponent) > 1000 {
			panic(failure(BadExponent, "", "the exponent %s is too large", s.token))
		}
		s.next()
		return exponent
	}
	panic(s.unexpected("a number as exponent"))
}

// exponentPart reads a number, signed or not.
func (s *specParser) exponentPart() float64 {
	sign := 1.0
	if s.accept("-") != "" {
		sign = -1
	}
	if numberLength(s.token) == 0 {
		panic(s.unexpected("a number as exponent"))
	}
	return sign * s.exponentSize()
}

func (s *specParser) close() {
	if s.accept(")") == "" {
		panic(s.unexpected("a closing parenthesis"))
	}
}

func (s *specParser) primary() Dimension {
	token := s.token
	switch {
	case s.accept("(") != "":
		if s.depth++; s.depth > deepest {
			panic(failure(BadSyntax, "", "more than %d parentheses within one another", deepest))
		}
		inner := s.term()
		s.close()
		return inner
	case numberLength(token) > 0:
		if x, _ := strconv.ParseFloat(token, 64); x != 1 {
			panic(failure(BadUnit, "use 1 for a plain number", "%s is no unit", token))
		}
		s.next()
		return Dimension{}
	case nameLength(token) > 0:
		s.next()
		return s.unit(token)
	}
	panic(s.unexpected("a unit"))
}

// plainWords are words that people write where an equation says 1, integer or boolean.
var plainWords = map[string]string{"bool": "boolean", "int": "integer", "float": "1", "double": "1", "real": "1",
	"number": "1", "dimensionless": "1", "unitless": "1", "none": "1", "celsius": "kelvin", "candela": "candle"}

func (s *specParser) unit(name string) Dimension {
	tens, d, ok := lookupTens(name)
	if !ok {
		if meant := plainWords[strings.ToLower(name)]; meant != "" {
			panic(failure(BadUnit, "use "+meant, "there is no unit named %q", name))
		}
		panic(unknownBase(name))
	}
	if tens != 0 && s.scaled == "" {
		s.scaled = name
	}
	return d
}

// unknownBase is unknownUnit where only an unscaled unit may stand.
func unknownBase(name string) *Error {
	err := unknownUnit(name)
	if unit, ok := Lookup(Suggest(name)); ok && unit.si != 1 {
		err.Hint = "use " + unit.dim.String()
	}
	return err
}
