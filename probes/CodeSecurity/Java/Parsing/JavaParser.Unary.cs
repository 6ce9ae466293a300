using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    private readonly Scratch<JavaPattern> _patterns = new();

    private JavaExpression Unary()
    {
        var first = _at;
        switch (Kind)
        {
            case JavaTokenKind.Plus or JavaTokenKind.Minus or JavaTokenKind.Increment or JavaTokenKind.Decrement or JavaTokenKind.Not or JavaTokenKind.Complement:
                var sign = _tokens[_at++].Kind;
                var operand = Enter() ? Unary() : Missing();
                Leave();
                return new JavaUnary(Span(first), sign, false, operand);
            case JavaTokenKind.OpenParen when IsCast():
                return Cast();
            default:
                return Postfix();
        }
    }

    private JavaCast Cast()
    {
        var first = _at++;
        var typeAt = _at;
        var type = Type();
        if (Kind == JavaTokenKind.And)
        {
            var mark = _types.Mark;
            _types.Add(type);
            while (Accept(JavaTokenKind.And))
            {
                _types.Add(Type());
            }

            var parts = _types.Take(mark);
            type = new JavaIntersectionType(Span(typeAt), parts);
        }

        Expect(JavaTokenKind.CloseParen);
        var operand = !Enter() ? Missing() : IsLambda() ? Lambda() : Unary();
        Leave();
        return new JavaCast(Span(first), type, operand);
    }

    /// <summary>What stands behind <c>instanceof</c> or in a case: a type, perhaps with a name, or the parts of a record.</summary>
    private JavaPattern Pattern()
    {
        var pattern = Enter() ? PatternCore() : new JavaTypePattern(Missing().Span, SimpleType(), null);
        Leave();
        return pattern;
    }

    private JavaPattern PatternCore()
    {
        var first = _at;
        Modifiers();
        var type = Type();
        if (Accept(JavaTokenKind.OpenParen))
        {
            var mark = _patterns.Mark;
            if (Kind != JavaTokenKind.CloseParen)
            {
                do
                {
                    _patterns.Add(Pattern());
                }
                while (Accept(JavaTokenKind.Comma));
            }

            Expect(JavaTokenKind.CloseParen);
            var parts = _patterns.Take(mark);
            return new JavaRecordPattern(Span(first), type, parts);
        }

        var name = Kind == JavaTokenKind.Identifier ? Identifier() : null;
        return new JavaTypePattern(Span(first), type, name);
    }

    private JavaLambda Lambda()
    {
        var first = _at;
        var parameters = LambdaParameters();
        Expect(JavaTokenKind.Arrow);
        JavaNode body = Kind == JavaTokenKind.OpenBrace ? Block() : Expression();
        return new JavaLambda(Span(first), parameters, body);
    }

    private ImmutableArray<JavaParameter> LambdaParameters()
    {
        var mark = _parameters.Mark;
        if (Kind == JavaTokenKind.Identifier)
        {
            Untyped();
            return _parameters.Take(mark);
        }

        _at++;
        while (Kind is not (JavaTokenKind.CloseParen or JavaTokenKind.EndOfFile))
        {
            if (Kind == JavaTokenKind.Identifier && KindAt(_at + 1) is JavaTokenKind.Comma or JavaTokenKind.CloseParen)
            {
                Untyped();
            }
            else
            {
                Parameter();
            }

            if (!Accept(JavaTokenKind.Comma))
            {
                break;
            }
        }

        Expect(JavaTokenKind.CloseParen);
        return _parameters.Take(mark);
    }

    private void Untyped()
    {
        var first = _at;
        var name = Identifier();
        _parameters.Add(new JavaParameter(Span(first), JavaModifiers.None, [], null, false, name, 0));
    }
}
