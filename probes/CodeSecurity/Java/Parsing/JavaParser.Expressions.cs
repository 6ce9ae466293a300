using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    /// <summary>Rounds of operators on one level of nesting; each takes a lower precedence, so good code has few.</summary>
    private const int MostRounds = 64;
    private const int Relational = 7;

    private static readonly (JavaOperator Operator, int Precedence)[] Operators = MakeOperators();

    private readonly Scratch<JavaExpression> _expressions = new();
    private readonly Scratch<JavaBinaryStep> _steps = new();

    /// <summary>In the label of a case, where an arrow ends the label.</summary>
    private bool _constantsOnly;

    private JavaExpression Expression()
    {
        var expression = Enter() ? Assignment() : Missing();
        Leave();
        return expression;
    }

    /// <summary>An expression within brackets of its own.</summary>
    private JavaExpression Enclosed()
    {
        var constantsOnly = _constantsOnly;
        _constantsOnly = false;
        var expression = Expression();
        _constantsOnly = constantsOnly;
        return expression;
    }

    private JavaExpression Parenthesized()
    {
        Expect(JavaTokenKind.OpenParen);
        var expression = Enclosed();
        Expect(JavaTokenKind.CloseParen);
        return expression;
    }

    private JavaExpression Assignment()
    {
        if (IsLambda())
        {
            return Lambda();
        }

        var first = _at;
        var target = Conditional();
        if (AssignmentSign() is not ({ } sign, var tokens))
        {
            return target;
        }

        _at += tokens;
        var value = Expression();
        return new JavaAssignment(Span(first), target, sign, value);
    }

    private (JavaOperator? Operator, int Tokens) AssignmentSign() => Kind switch
    {
        JavaTokenKind.Assign => (JavaOperator.None, 1),
        JavaTokenKind.PlusAssign => (JavaOperator.Add, 1),
        JavaTokenKind.MinusAssign => (JavaOperator.Subtract, 1),
        JavaTokenKind.TimesAssign => (JavaOperator.Multiply, 1),
        JavaTokenKind.DivideAssign => (JavaOperator.Divide, 1),
        JavaTokenKind.RemainderAssign => (JavaOperator.Remainder, 1),
        JavaTokenKind.AndAssign => (JavaOperator.And, 1),
        JavaTokenKind.OrAssign => (JavaOperator.Or, 1),
        JavaTokenKind.XorAssign => (JavaOperator.Xor, 1),
        JavaTokenKind.ShiftLeftAssign => (JavaOperator.ShiftLeft, 1),
        JavaTokenKind.Greater => Angles() switch
        {
            (2, true) => (JavaOperator.ShiftRight, 2),
            (3, true) => (JavaOperator.ShiftRightUnsigned, 3),
            _ => (null, 0),
        },
        _ => (null, 0),
    };

    /// <summary>Angles without a space between, and whether the last of them has an equals sign on it.</summary>
    private (int Count, bool Assigns) Angles()
    {
        var count = 1;
        while (count < 3 && KindAt(_at + count) is var next && next is JavaTokenKind.Greater or JavaTokenKind.GreaterEqual && _tokens[_at + count].Start == _tokens[_at + count - 1].End)
        {
            count++;
            if (next == JavaTokenKind.GreaterEqual)
            {
                return (count, true);
            }
        }

        return (count, false);
    }

    private JavaExpression Conditional()
    {
        var first = _at;
        var condition = Binary(1);
        if (Kind != JavaTokenKind.Question)
        {
            return condition;
        }

        _at++;
        var whenTrue = Enclosed();
        Expect(JavaTokenKind.Colon);
        var whenFalse = !Enter() ? Missing() : IsLambda() ? Lambda() : Conditional();
        Leave();
        return new JavaConditional(Span(first), condition, whenTrue, whenFalse);
    }

    /// <param name="lowest">Operators of a lower precedence are left.</param>
    private JavaExpression Binary(int lowest)
    {
        var first = _at;
        var left = Unary();
        for (var round = 0; ; round++)
        {
            if (Kind == JavaTokenKind.InstanceOf && lowest <= Relational)
            {
                _at++;
                var pattern = Pattern();
                left = new JavaInstanceOf(Span(first), left, pattern);
            }
            else if (OperatorHere() is (not JavaOperator.None, var precedence, _) && precedence >= lowest)
            {
                var steps = Steps(precedence);
                left = new JavaBinary(Span(first), left, steps);
            }
            else
            {
                return left;
            }

            if (round == MostRounds)
            {
                Fail(JavaGapReason.TooDeep);
                return left;
            }
        }
    }

    private ImmutableArray<JavaBinaryStep> Steps(int precedence)
    {
        var mark = _steps.Mark;
        while (OperatorHere() is (not JavaOperator.None and var sign, var here, var tokens) && here == precedence)
        {
            _at += tokens;
            _steps.Add(new JavaBinaryStep(sign, Binary(precedence + 1)));
        }

        return _steps.Take(mark);
    }

    private (JavaOperator Operator, int Precedence, int Tokens) OperatorHere()
    {
        var (sign, precedence) = Operators[(int)Kind];
        return sign != JavaOperator.Greater ? (sign, precedence, 1) : Angles() switch
        {
            (_, true) => (JavaOperator.None, 0, 0),
            (2, _) => (JavaOperator.ShiftRight, Relational + 1, 2),
            (3, _) => (JavaOperator.ShiftRightUnsigned, Relational + 1, 3),
            _ => (sign, precedence, 1),
        };
    }

    private static (JavaOperator Operator, int Precedence)[] MakeOperators()
    {
        var operators = new (JavaOperator, int)[(int)JavaTokenKind.Decrement + 1];
        void Put(JavaTokenKind kind, JavaOperator sign, int precedence) => operators[(int)kind] = (sign, precedence);
        Put(JavaTokenKind.OrOr, JavaOperator.OrElse, 1);
        Put(JavaTokenKind.AndAnd, JavaOperator.AndAlso, 2);
        Put(JavaTokenKind.Or, JavaOperator.Or, 3);
        Put(JavaTokenKind.Xor, JavaOperator.Xor, 4);
        Put(JavaTokenKind.And, JavaOperator.And, 5);
        Put(JavaTokenKind.Equal, JavaOperator.Equal, 6);
        Put(JavaTokenKind.NotEqual, JavaOperator.NotEqual, 6);
        Put(JavaTokenKind.Less, JavaOperator.Less, Relational);
        Put(JavaTokenKind.Greater, JavaOperator.Greater, Relational);
        Put(JavaTokenKind.LessEqual, JavaOperator.LessEqual, Relational);
        Put(JavaTokenKind.GreaterEqual, JavaOperator.GreaterEqual, Relational);
        Put(JavaTokenKind.ShiftLeft, JavaOperator.ShiftLeft, Relational + 1);
        Put(JavaTokenKind.Plus, JavaOperator.Add, Relational + 2);
        Put(JavaTokenKind.Minus, JavaOperator.Subtract, Relational + 2);
        Put(JavaTokenKind.Times, JavaOperator.Multiply, Relational + 3);
        Put(JavaTokenKind.Divide, JavaOperator.Divide, Relational + 3);
        Put(JavaTokenKind.Remainder, JavaOperator.Remainder, Relational + 3);
        return operators;
    }
}
