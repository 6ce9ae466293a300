namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    private JavaExpression Primary()
    {
        var first = _at;
        var kind = Kind;
        switch (kind)
        {
            case JavaTokenKind.Identifier:
                return Named();
            case JavaTokenKind.OpenParen:
                return Parenthesized();
            case JavaTokenKind.New:
                return Creation(first, null);
            case JavaTokenKind.This or JavaTokenKind.Super:
                var word = _tokens[_at++].Text!;
                return Kind == JavaTokenKind.OpenParen ? Call(first, null, word, first, []) : new JavaName(Span(first), word);
            case JavaTokenKind.Switch:
                return SwitchExpression();
            case JavaTokenKind.Less:
                // Type arguments of a call without a target: only before this and super.
                var typeArguments = TypeArguments();
                var (nameAt, name) = (_at, _tokens[_at].Text ?? string.Empty);
                return Accept(JavaTokenKind.This) || Accept(JavaTokenKind.Super) || Expect(JavaTokenKind.Identifier) ? Call(first, null, name, nameAt, typeArguments) : Missing();
            case JavaTokenKind.At when KindAt(BehindAnnotations(_at)) is JavaTokenKind.Identifier:
                return OfType(first);
            default:
                if (IsLiteral(kind))
                {
                    return Literal();
                }

                if (IsPrimitive(kind))
                {
                    return OfType(first);
                }

                Fail(JavaGapReason.Unexpected);
                return Missing();
        }
    }

    private JavaExpression Named()
    {
        var first = _at;
        switch (KindAt(_at + 1))
        {
            case JavaTokenKind.OpenParen:
                var method = _tokens[_at++].Text!;
                return Call(first, null, method, first, []);
            case JavaTokenKind.Dot or JavaTokenKind.Less or JavaTokenKind.OpenBracket when IsTypeBeforeMember():
                return OfType(first);
            default:
                var name = _tokens[_at++].Text!;
                return new JavaName(Span(first), name);
        }
    }

    /// <summary>A type and what can be had of it: its class, or a reference to one of its methods.</summary>
    private JavaExpression OfType(int first)
    {
        var type = Type();
        if (Kind == JavaTokenKind.ColonColon)
        {
            return Reference(first, null, type);
        }

        Expect(JavaTokenKind.Dot);
        Expect(JavaTokenKind.Class);
        return new JavaClassLiteral(Span(first), type);
    }

    private JavaLiteral Literal()
    {
        var token = _tokens[_at++];
        var text = _text.Code.AsSpan(token.Start..token.End);
        var value = token.Kind switch
        {
            JavaTokenKind.True or JavaTokenKind.False or JavaTokenKind.Null => token.Text!,
            JavaTokenKind.StringLiteral or JavaTokenKind.CharLiteral => Quoted(text, token),
            JavaTokenKind.TextBlock => Decoded(text, LiteralForm.TextBlock),
            _ => _words.Find(text).Text,
        };
        return new JavaLiteral(Written(token.Start, token.End), token.Kind, value);
    }

    private string Quoted(ReadOnlySpan<char> text, JavaToken token) =>
        text.Length < 2 || text[^1] != text[0] || text.Contains('\\') ? Decoded(text, LiteralForm.Escaped) : _words.Find(_text.Code.AsSpan(token.Start + 1, text.Length - 2)).Text;

    private static string Decoded(ReadOnlySpan<char> text, LiteralForm form)
    {
        var ends = LiteralEnds.Opening | (text.Length > 1 && text[^1] == text[0] ? LiteralEnds.Closing : LiteralEnds.None);
        return LiteralValue.Of(text, new CodeToken(CodeTokenKind.Text, 0, text.Length, 1) { Form = form, Ends = ends });
    }

    /// <summary>From <c>new</c> on.</summary>
    private JavaExpression Creation(int first, JavaExpression? outer)
    {
        _at++;
        if (Kind == JavaTokenKind.Less)
        {
            TypeArguments();
        }

        var type = SimpleType();
        if (KindAt(BehindAnnotations(_at)) == JavaTokenKind.OpenBracket)
        {
            return ArrayCreation(first, type);
        }

        var arguments = Arguments();
        var body = Kind == JavaTokenKind.OpenBrace ? AnonymousBody() : default;
        return new JavaCreation(Span(first), outer, type, arguments, body);
    }

    private JavaArrayCreation ArrayCreation(int first, JavaTypeSyntax element)
    {
        var (mark, dimensions, sized) = (_expressions.Mark, 0, true);
        while (KindAt(BehindAnnotations(_at)) == JavaTokenKind.OpenBracket)
        {
            var bracket = BehindAnnotations(_at);
            var isEmpty = KindAt(bracket + 1) == JavaTokenKind.CloseBracket;
            if (!isEmpty && !sized)
            {
                break;
            }

            _at = bracket + 1;
            dimensions++;
            sized = !isEmpty;
            if (sized)
            {
                _expressions.Add(Enclosed());
            }

            Expect(JavaTokenKind.CloseBracket);
        }

        var lengths = _expressions.Take(mark);
        var values = Kind == JavaTokenKind.OpenBrace && lengths.IsEmpty ? ArrayValues() : null;
        return new JavaArrayCreation(Span(first), element, lengths, dimensions, values);
    }
}
