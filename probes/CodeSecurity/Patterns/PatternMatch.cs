namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Where a name of a pattern stands in the code.</summary>
/// <param name="Name">Without the dollar.</param>
/// <param name="From">First token.</param>
/// <param name="To">Token after the last.</param>
internal readonly record struct Capture(string Name, int From, int To);

/// <summary>Holds one pattern against one place. The number of steps is bounded, whatever the code; beyond it the file counts as not looked through.</summary>
internal ref struct PatternMatch(CodeView code, PatternLine pattern)
{
    private const int StepCap = 20_000;

    private static readonly HashSet<string> Carrying = new(StringComparer.Ordinal)
    {
        "return", "else", "in", "await", "case", "do", "throw", "not", "and", "or", "yield", "new", "echo", "print", "go", "defer", "typeof", "is", "if", "unless", "when", "then",
    };

    private static readonly HashSet<string> Declaring = new(StringComparer.Ordinal) { "function", "def", "func", "fun", "class", "interface", "struct" };

    private readonly List<Capture> _captures = [];
    private int _steps;

    /// <summary>What the names stand for, once it matched; a name used twice has its last place.</summary>
    public readonly IReadOnlyList<Capture> Captures => _captures;

    /// <summary>Whether the pattern stands with its anchor at this token.</summary>
    /// <exception cref="InvalidDataException">More steps than any code takes that people write.</exception>
    public bool At(int anchor)
    {
        var start = anchor - pattern.Anchor;
        return start >= 0 && MayBegin(start) && Follow(0, start) >= 0;
    }

    /// <summary>A name that is called without a receiver is neither a method of something else nor being declared.</summary>
    private readonly bool MayBegin(int start)
    {
        var elements = pattern.Elements;
        if (start == 0 || elements.Count < 2 || elements[0].Kind != PatternElementKind.Word || elements[1] is not { Kind: PatternElementKind.Sign, Text: "(" })
        {
            return true;
        }

        if (code.IsWord(start - 1))
        {
            var before = code.Span(start - 1).ToString();
            return Carrying.Contains(before) || (!Declaring.Contains(before) && code.Tokens[start - 1].Line < code.Tokens[start].Line);
        }

        // The name of a type may have its package before it.
        if (code.IsSign(start - 1, ".") && char.IsAsciiLetterUpper(elements[0].Text[0]) && code.Language is SourceLanguage.Java or SourceLanguage.Jsp or SourceLanguage.Kotlin or SourceLanguage.CSharp or SourceLanguage.Python)
        {
            return true;
        }

        return !code.IsSign(start - 1, ".") && !code.IsSign(start - 1, "->") && !code.IsSign(start - 1, "::") && !(code.SignAt(start - 1) == '*' && code.IsWord(start - 2) && code.Tokens[start - 2].Line == code.Tokens[start].Line && !code.IsSign(start - 3, "="));
    }

    /// <summary>The token after the match, or -1.</summary>
    private int Follow(int element, int token)
    {
        for (; element < pattern.Elements.Count; element++, token++)
        {
            if (++_steps > StepCap)
            {
                throw new InvalidDataException($"一处写法超过 {StepCap} 步");
            }

            var wanted = pattern.Elements[element];
            if (wanted.Kind == PatternElementKind.Operand)
            {
                return Operand(wanted, element, token);
            }

            if (wanted.Kind == PatternElementKind.Rest)
            {
                return Rest(element, token);
            }

            if (Stand(ref element, ref token))
            {
                continue;
            }

            if (token >= code.Count || !Same(wanted, token))
            {
                if (!IsOptional(element) || !(code.SignAt(token) is ')' or ']' or '}'))
                {
                    return -1;
                }

                element++;
                token--;
            }
        }

        return token;
    }

    /// <summary>Other writings of what the pattern has here: another name, <c>["name"]</c> for <c>.name</c>, <c>?.(</c> for <c>(</c>. Both stay on their last.</summary>
    private readonly bool Stand(ref int element, ref int token)
    {
        var wanted = pattern.Elements[element];
        if (wanted is { Kind: PatternElementKind.Sign, Text: "." } && element + 1 < pattern.Elements.Count && code.EndOfNamedMember(token) is var end and > 0)
        {
            var next = pattern.Elements[element + 1];
            if (next.Kind == PatternElementKind.AnyWord || (next.Kind == PatternElementKind.Word && code.ValueOf(end - 1) == next.Text) || next is { Kind: PatternElementKind.Operand, Text: "" })
            {
                (element, token) = (element + 1, end);
                return true;
            }
        }

        if (wanted is { Kind: PatternElementKind.Sign, Text: "(" } && code.IsSign(token, ".") && code.SignAt(token + 1) == '(')
        {
            token++;
            return true;
        }

        if (wanted.Kind != PatternElementKind.Word || code.Aliases is not { } aliases || token >= code.Count || Same(wanted, token))
        {
            return false;
        }

        foreach (var chain in aliases.At(token))
        {
            for (var i = 0; i < chain.Length; i++)
            {
                if (IsChain(chain.AsSpan(i), element))
                {
                    element += 2 * (chain.Length - i - 1);
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the pattern goes on with these names, dots between.</summary>
    private readonly bool IsChain(ReadOnlySpan<string> names, int element)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var at = element + (2 * i);
            if (at >= pattern.Elements.Count || pattern.Elements[at].Kind != PatternElementKind.Word || pattern.Elements[at].Text != names[i]
                || (i > 0 && pattern.Elements[at - 1] is not { Kind: PatternElementKind.Sign, Text: "." }))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>, $...</c>: further arguments, or none.</summary>
    private readonly bool IsOptional(int element) =>
        pattern.Elements[element] is { Kind: PatternElementKind.Sign, Text: "," } && element + 1 < pattern.Elements.Count && pattern.Elements[element + 1].Kind == PatternElementKind.Rest;

    private int Operand(PatternElement wanted, int element, int from)
    {
        if (code.IsEnd(from))
        {
            return -1;
        }

        if (element == pattern.Elements.Count - 1)
        {
            var end = code.EndOfExpression(from);
            return end > from ? Keep(wanted, from, end, end) : -1;
        }

        for (var to = Step(from); to >= 0 && to < code.Count; to = Step(to))
        {
            var kept = _captures.Count;
            var after = Follow(element + 1, to);
            if (after >= 0)
            {
                return Keep(wanted, from, to, after);
            }

            _captures.RemoveRange(kept, _captures.Count - kept);
            if (code.IsEnd(to))
            {
                return -1;
            }
        }

        return -1;
    }

    private readonly int Keep(PatternElement wanted, int from, int to, int after)
    {
        if (wanted.Text.Length > 0)
        {
            _captures.Add(new Capture(wanted.Text, from, to));
        }

        return after;
    }

    private int Rest(int element, int from)
    {
        if (element == pattern.Elements.Count - 1)
        {
            return from;
        }

        for (var to = from; to >= 0 && to < code.Count; to = Step(to))
        {
            var kept = _captures.Count;
            var after = Follow(element + 1, to);
            if (after >= 0)
            {
                return to > from ? Keep(pattern.Elements[element], from, to, after) : after;
            }

            _captures.RemoveRange(kept, _captures.Count - kept);
            if (code.SignAt(to) is ')' or ']' or '}' or ';')
            {
                return -1;
            }
        }

        return -1;
    }

    private int Step(int from)
    {
        var to = code.AfterPiece(from);
        _steps++;
        return to;
    }

    private readonly bool Same(PatternElement wanted, int token) => wanted.Kind switch
    {
        PatternElementKind.Sign => code.IsSign(token, wanted.Text),
        PatternElementKind.Word => code.Kind(token) == CodeTokenKind.Word && code.Span(token).Equals(wanted.Text, code.Language == SourceLanguage.Php ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal),
        PatternElementKind.AnyWord => code.Kind(token) == CodeTokenKind.Word,
        PatternElementKind.Number => code.Kind(token) == CodeTokenKind.Number && CodeScan.TryNumber(code.Span(token), out var number) && number == wanted.Number,
        _ => code.Kind(token) == CodeTokenKind.Text && code.ValueOf(token) == wanted.Text,
    };
}
