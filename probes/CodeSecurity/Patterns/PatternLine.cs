using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal enum PatternElementKind
{
    Word,
    Sign,
    Number,
    Text,

    /// <summary><c>_</c>: any one word.</summary>
    AnyWord,

    /// <summary><c>$NAME</c>: one argument or operand.</summary>
    Operand,

    /// <summary><c>$...</c>: any number of tokens up to the closing bracket.</summary>
    Rest,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">The word or sign, the value of a text, the name of an operand; empty where nobody asks for the operand again.</param>
/// <param name="Number">Of a number.</param>
internal readonly record struct PatternElement(PatternElementKind Kind, string Text, long Number = 0);

/// <summary>A pattern in pieces. It is looked for where its anchor stands: a word or number of its own, before which only single tokens are.</summary>
internal sealed record PatternLine(IReadOnlyList<PatternElement> Elements, int Anchor)
{
    private const int ElementCap = 200;

    private static readonly HashSet<string> Frequent = new(StringComparer.Ordinal) { "new", "return", "import", "from", "const", "var", "let", "if", "this", "self", "static", "public", "void", "fun", "func", "function", "def", "boolean", "bool" };

    /// <exception cref="FormatException">No pattern, or one that begins with a name.</exception>
    public static PatternLine Parse(string pattern)
    {
        var elements = new List<PatternElement>();
        for (var at = 0; at < pattern.Length;)
        {
            if (char.IsWhiteSpace(pattern[at]))
            {
                at++;
                continue;
            }

            if (elements.Count == ElementCap)
            {
                throw new FormatException($"模式 {pattern} 过长");
            }

            elements.Add(Next(pattern, ref at));
        }

        return new PatternLine(elements, AnchorOf(elements, pattern));
    }

    private static PatternElement Next(string pattern, ref int at)
    {
        var rest = pattern.AsSpan(at);
        if (rest.StartsWith("$...", StringComparison.Ordinal))
        {
            at += 4;
            return new PatternElement(PatternElementKind.Rest, "REST");
        }

        if (rest.Length > 1 && rest[0] == '$' && (char.IsAsciiLetterUpper(rest[1]) || rest[1] == '_'))
        {
            var name = rest[1..Length(rest, 1, static c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_')].ToString();
            at += name.Length + 1;
            return new PatternElement(PatternElementKind.Operand, name == "_" ? "" : name);
        }

        if (rest[0] is '"' or '\'')
        {
            var length = rest[1..].IndexOf(rest[0]);
            if (length < 0)
            {
                throw new FormatException($"模式 {pattern} 的引号没有配对");
            }

            at += length + 2;
            return new PatternElement(PatternElementKind.Text, rest.Slice(1, length).ToString());
        }

        var run = CodeScan.IsWordSign(rest[0]) ? Length(rest, 1, CodeScan.IsWordSign) : CodeScan.SignLength(rest);
        at += run;
        var piece = rest[..run];
        return char.IsAsciiDigit(piece[0])
            ? CodeScan.TryNumber(piece, out var number) ? new PatternElement(PatternElementKind.Number, piece.ToString(), number) : throw new FormatException($"模式里的数 {piece} 不对")
            : !CodeScan.IsWordSign(piece[0]) ? new PatternElement(PatternElementKind.Sign, piece.ToString())
            : piece is "_" ? new PatternElement(PatternElementKind.AnyWord, "")
            : new PatternElement(PatternElementKind.Word, piece.ToString());
    }

    private static int Length(ReadOnlySpan<char> text, int from, Func<char, bool> belongs)
    {
        while (from < text.Length && belongs(text[from]))
        {
            from++;
        }

        return from;
    }

    private static int AnchorOf(List<PatternElement> elements, string pattern)
    {
        var fallback = -1;
        for (var i = 0; i < elements.Count && elements[i].Kind is not (PatternElementKind.Operand or PatternElementKind.Rest); i++)
        {
            if (elements[i].Kind is PatternElementKind.Word or PatternElementKind.Number)
            {
                if (elements[i].Kind == PatternElementKind.Number || !Frequent.Contains(elements[i].Text))
                {
                    return i;
                }

                fallback = fallback < 0 ? i : fallback;
            }
        }

        return fallback >= 0 ? fallback : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"模式 {pattern} 要以固定的词开头"));
    }
}
