namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Names with dots in programs of C#: what <c>using</c> takes in, and what is named in full without it. Without a compiler a name is explained
/// where its first word stands somewhere by itself, as every declaration does, or belongs to the framework; all others are told.
/// </summary>
internal sealed class CSharpNames
{
    private const int MostChains = 200_000;
    private const int MostWords = 8;

    /// <summary>Words of the language that nobody declares.</summary>
    private static readonly HashSet<string> OfLanguage = new(StringComparer.Ordinal)
    {
        "this", "base", "value", "field", "args", "string", "object", "bool", "byte", "sbyte", "char", "short", "ushort", "int", "uint", "long", "ulong", "nint", "nuint", "float", "double", "decimal",
    };

    private readonly HashSet<string> _alone = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _chains = new(StringComparer.Ordinal);

    /// <param name="path">Of the program.</param>
    /// <param name="source">In pieces.</param>
    /// <param name="declared">Takes namespaces it declares.</param>
    /// <param name="used">Takes what it names in <c>using</c>, types behind <c>=</c>.</param>
    /// <returns>False where what it takes in cannot be told.</returns>
    public bool Take(string path, TokenizedSource source, HashSet<string> declared, Dictionary<string, string> used)
    {
        var words = new Words(source);
        for (var i = 0; i < words.Count; i++)
        {
            if (!words.IsWord(i) || (words.At(i - 1) is "." or "::" && words.At(i - 2) != "global"))
            {
                continue;
            }

            var (word, end) = (words.At(i), i);
            if (word == "extern" && words.At(i + 1) == "alias")
            {
                return false;
            }

            if (word == "namespace" && words.IsWord(i + 1))
            {
                declared.Add(words.Chain(i + 1, out i));
            }
            else if (word == "using" && words.Directive(i) is (>= 0 and var from, var isType) && words.IsWord(from) && words.Chain(from, out end) is var name && words.At(end + 1) is ";" or "<" or "[" or "?")
            {
                // A name that another one is given stands by itself.
                _alone.Add(words.At(from - 1) == "=" ? words.At(from - 2) : string.Empty);
                used.TryAdd((isType ? "=" : "") + name, path);
                i = end;
            }
            else if (words.At(i + 1) is "." or "::" && words.IsWord(i + 2))
            {
                if (word != "global")
                {
                    _chains.TryAdd(words.Chain(i, out i), path);
                }
            }
            else
            {
                _alone.Add(word.TrimStart('@'));
            }
        }

        return _chains.Count <= MostChains;
    }

    /// <returns>Names in full, and a program that has each.</returns>
    public IEnumerable<KeyValuePair<string, string>> Unexplained(FrameworkNames framework, IReadOnlySet<string> declared, bool isOld)
    {
        var roots = framework.Namespaces.Select(n => n.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var inner = declared.SelectMany(d => d.Split('.').Skip(1)).ToHashSet(StringComparer.Ordinal);
        return _chains.Where(c => !IsExplained(c.Key.Split('.'), inner));

        bool IsExplained(string[] words, HashSet<string> within)
        {
            var first = words[0];
            if (OfLanguage.Contains(first) || _alone.Contains(first) || (framework.Words.Contains(first) && !roots.Contains(first)) || within.Contains(first) || (isOld && first == "System"))
            {
                return true;
            }

            return Enumerable.Range(1, words.Length).Select(n => string.Join('.', words[..n]))
                .Any(n => declared.Contains(n) || framework.Types.Contains(n) || (n.Length == words.Sum(w => w.Length + 1) - 1 && (framework.Namespaces.Contains(n) || declared.Any(d => d.StartsWith(n + ".", StringComparison.Ordinal)))));
        }
    }

    /// <summary>Words and signs of a program, comments left out.</summary>
    private sealed class Words(TokenizedSource source)
    {
        private readonly CodeToken[] _tokens = [.. source.Tokens.Where(t => t.Kind != CodeTokenKind.Comment)];

        public int Count => _tokens.Length;

        public string At(int i) => i >= 0 && i < _tokens.Length && _tokens[i].Kind is CodeTokenKind.Word or CodeTokenKind.Sign ? source.SpanOf(_tokens[i]).ToString() : string.Empty;

        public bool IsWord(int i) => i < _tokens.Length && _tokens[i].Kind == CodeTokenKind.Word;

        /// <summary>Of the name a directive takes in: where it begins, and whether it is one of a type.</summary>
        public (int From, bool IsType) Directive(int i)
        {
            var at = i + 1;
            var isType = At(at) is "static" or "unsafe";
            at += isType ? 1 : 0;
            (at, isType) = IsWord(at) && At(at + 1) == "=" ? (at + 2, true) : (at, isType);
            return (At(at) == "global" && At(at + 1) == "::" ? at + 2 : at, isType);
        }

        public string Chain(int i, out int last)
        {
            var words = new List<string> { At(i).TrimStart('@') };
            for (last = i; At(last + 1) is "." or "::" && IsWord(last + 2); last += 2)
            {
                if (words.Count < MostWords)
                {
                    words.Add(At(last + 2).TrimStart('@'));
                }
            }

            return string.Join('.', words);
        }
    }
}
