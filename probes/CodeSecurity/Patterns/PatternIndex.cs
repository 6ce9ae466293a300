using System.Buffers;
using System.Collections.Frozen;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A rule ready to be held against code.</summary>
internal sealed class PreparedRule(CodePatternRule rule, int order)
{
    public CodePatternRule Rule { get; } = rule;

    /// <summary>In the tables: of several that hit the same, the first counts.</summary>
    public int Order { get; } = order;

    public IReadOnlyList<PreparedTest> Where { get; } = [.. rule.Where.Select(w => new PreparedTest(w))];
}

/// <summary>The expressions of a test.</summary>
internal sealed class PreparedTest(CodeOperandTest test)
{
    public CodeOperandTest Test { get; } = test;

    public PreparedExpression? Matches { get; } = PreparedExpression.Of(test.Matches);

    public PreparedExpression? NotMatches { get; } = PreparedExpression.Of(test.NotMatches);

    public PreparedExpression? Code { get; } = PreparedExpression.Of(test.Code);

    public PreparedExpression? NotCode { get; } = PreparedExpression.Of(test.NotCode);
}

/// <summary>An expression that is built when it is first asked: most trees never ask most of them.</summary>
internal sealed class PreparedExpression(string expression)
{
    private readonly BoundedExpression _regex = new(expression);

    public static PreparedExpression? Of(string? expression) => expression is null ? null : new PreparedExpression(expression);

    public bool IsMatch(string text) => _regex.IsMatch(text);
}

internal sealed record PreparedPattern(PreparedRule Rule, PatternLine Line);

internal sealed record PreparedLine(PreparedRule Rule, string Has, PreparedExpression? Matches);

/// <summary>The rules of one language by the word or number they begin with, so that the cost of a file does not grow with their number.</summary>
internal sealed class PatternIndex
{
    private readonly FrozenDictionary<string, PreparedPattern[]>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly FrozenDictionary<long, PreparedPattern[]> _numbers;

    private PatternIndex(List<PreparedPattern> patterns, List<PreparedLine> lines, bool ignoreCase)
    {
        Dictionary<T, PreparedPattern[]> By<T>(PatternElementKind kind, Func<PatternElement, T> key, IEqualityComparer<T> equality)
            where T : notnull =>
            patterns.Where(p => p.Line.Elements[p.Line.Anchor].Kind == kind).GroupBy(p => key(p.Line.Elements[p.Line.Anchor]), equality).ToDictionary(g => g.Key, g => g.ToArray(), equality);

        var comparer = ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _words = By(PatternElementKind.Word, e => e.Text, comparer).ToFrozenDictionary(comparer).GetAlternateLookup<ReadOnlySpan<char>>();
        _numbers = By(PatternElementKind.Number, e => e.Number, EqualityComparer<long>.Default).ToFrozenDictionary();
        Lines = lines;
        Needles = lines.Count == 0 ? null : SearchValues.Create([.. lines.Select(l => l.Has).Distinct(StringComparer.OrdinalIgnoreCase)], StringComparison.OrdinalIgnoreCase);
    }

    public IReadOnlyList<PreparedLine> Lines { get; }

    /// <summary>Texts of the line rules; null where there are none.</summary>
    public SearchValues<string>? Needles { get; }

    public bool HasNumbers => _numbers.Count > 0;

    /// <exception cref="FormatException">A pattern that is none.</exception>
    public static IReadOnlyDictionary<SourceLanguage, PatternIndex> Build(IReadOnlyList<CodePatternTable> tables)
    {
        var patterns = new Dictionary<SourceLanguage, List<PreparedPattern>>();
        var lines = new Dictionary<SourceLanguage, List<PreparedLine>>();
        var order = 0;
        foreach (var rule in tables.SelectMany(t => t.Rules))
        {
            var prepared = new PreparedRule(rule, order++);
            IReadOnlyList<PatternLine> parsed = [.. rule.Patterns.Select(PatternLine.Parse)];
            IReadOnlyList<PreparedLine> tests = [.. rule.Lines.Select(l => new PreparedLine(prepared, l.Has, PreparedExpression.Of(l.Matches)))];
            foreach (var language in rule.Languages.Select(LanguageOf))
            {
                ListOf(patterns, language).AddRange(parsed.Select(p => new PreparedPattern(prepared, p)));
                ListOf(lines, language).AddRange(tests);
            }
        }

        return patterns.Keys.ToDictionary(l => l, l => new PatternIndex(patterns[l], ListOf(lines, l), l == SourceLanguage.Php));
    }

    /// <exception cref="FormatException">No language of ours.</exception>
    public static SourceLanguage LanguageOf(string word) =>
        Enum.TryParse<SourceLanguage>(word, ignoreCase: true, out var language) ? language : throw new FormatException($"不认识的语言 {word}");

    public PreparedPattern[] StartingWith(ReadOnlySpan<char> word) => _words.TryGetValue(word, out var found) ? found : [];

    public PreparedPattern[] StartingWith(long number) => _numbers.TryGetValue(number, out var found) ? found : [];

    private static List<T> ListOf<T>(Dictionary<SourceLanguage, List<T>> all, SourceLanguage language)
    {
        if (!all.TryGetValue(language, out var list))
        {
            list = [];
            all.Add(language, list);
        }

        return list;
    }
}
