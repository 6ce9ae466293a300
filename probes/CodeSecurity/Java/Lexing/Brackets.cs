namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which bracket closes which, in one pass: looking ahead over a pair costs nothing.</summary>
internal static class Brackets
{
    public static void Pair(Span<JavaToken> tokens)
    {
        var open = new Stack<int>();
        for (var i = 0; i < tokens.Length; i++)
        {
            switch (tokens[i].Kind)
            {
                case JavaTokenKind.OpenParen or JavaTokenKind.OpenBrace or JavaTokenKind.OpenBracket:
                    open.Push(i);
                    break;
                case JavaTokenKind.CloseParen:
                    Close(tokens, open, i, JavaTokenKind.OpenParen);
                    break;
                case JavaTokenKind.CloseBracket:
                    Close(tokens, open, i, JavaTokenKind.OpenBracket);
                    break;
                case JavaTokenKind.CloseBrace:
                    // A brace closes all that was left open within it.
                    while (open.Count > 0 && tokens[open.Peek()].Kind != JavaTokenKind.OpenBrace)
                    {
                        open.Pop();
                    }

                    Close(tokens, open, i, JavaTokenKind.OpenBrace);
                    break;
                default:
                    break;
            }
        }
    }

    private static void Close(Span<JavaToken> tokens, Stack<int> open, int at, JavaTokenKind kind)
    {
        if (open.Count > 0 && tokens[open.Peek()].Kind == kind)
        {
            var first = open.Pop();
            (tokens[first].Partner, tokens[at].Partner) = (at, first);
        }
    }
}
