namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Values of scripts that come from another file or from the settings of the build: both end up in what a browser loads.</summary>
internal static class ImportedNames
{
    private const int MostItems = 500;
    private const int Depth = 4;

    /// <summary>Whether an operand is a name of another file, a member of one, a setting of the build, or a name that is set to one of these.</summary>
    public static bool Give(CodeView code, int from, int to, int depth = Depth)
    {
        for (var i = from; i < to; i++)
        {
            code.Spend(1);
            if (!code.IsWord(i) || code.IsSign(i - 1, ".") || (code.Span(i).ToString() is var name && OperandValue.IsConversion(name)))
            {
                continue;
            }

            if (code.Imported.Contains(name) || IsSetting(code, i)
                || (depth > 0 && code.Names.ValueOf(name, i) is { } value && Give(code, value, code.EndOfExpression(value), depth - 1)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Names that <c>import</c> and <c>require</c> bring into a file.</summary>
    public static IReadOnlySet<string> Of(CodeView code)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < code.Count; i++)
        {
            if (Is(code, i, "import") && !code.IsSign(i - 1, ".") && code.SignAt(i + 1) != '(')
            {
                Clause(code, i + 1, names);
            }
            else if ((Is(code, i, "require") || Is(code, i, "import")) && code.SignAt(i + 1) == '(')
            {
                Required(code, i, names);
            }
        }

        return names;
    }

    /// <summary><c>a, {b, c as d} from</c>, <c>* as e from</c>: every word up to the package may be a name.</summary>
    private static void Clause(CodeView code, int from, HashSet<string> names)
    {
        for (var i = from; i < code.Count && i - from < MostItems && code.Kind(i) != CodeTokenKind.Text && (code.IsWord(i) || code.SignAt(i) is '{' or '}' or ',' or '*') && !Is(code, i, "from"); i++)
        {
            names.Add(code.Span(i).ToString());
        }
    }

    /// <summary><c>a = require(…)</c>, <c>{b, c: d} = await import(…)</c>.</summary>
    private static void Required(CodeView code, int at, HashSet<string> names)
    {
        var i = Is(code, at - 1, "await") ? at - 2 : at - 1;
        if (!code.IsSign(i, "="))
        {
            return;
        }

        if (code.IsWord(i - 1))
        {
            names.Add(code.Span(i - 1).ToString());
        }

        for (var back = i - 1; code.SignAt(i - 1) == '}' && back >= 0 && i - back < MostItems && code.SignAt(back) != '{'; back--)
        {
            if (code.IsWord(back))
            {
                names.Add(code.Span(back).ToString());
            }
        }
    }

    /// <summary><c>process.env.A</c>, <c>import.meta.env.A</c>.</summary>
    private static bool IsSetting(CodeView code, int at) =>
        code.IsSign(at + 1, ".") && ((Is(code, at, "process") && Is(code, at + 2, "env")) || (Is(code, at, "import") && Is(code, at + 2, "meta")));

    private static bool Is(CodeView code, int at, ReadOnlySpan<char> word) => code.IsWord(at) && code.Span(at).SequenceEqual(word);
}
