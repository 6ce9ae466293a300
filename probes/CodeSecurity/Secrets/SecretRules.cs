using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The tables, ready to look: one pass over a text finds every keyword, and expressions are tried only where theirs stands.</summary>
internal sealed class SecretRules
{
    private readonly BoundedExpression[] _expressions;
    private readonly Dictionary<char, List<(string Word, int Pattern)>> _byFirst = [];

    public SecretRules(IReadOnlyList<SecretTable> tables)
    {
        Patterns = [.. tables.SelectMany(t => t.Patterns)];
        Placeholders = [.. tables.SelectMany(t => t.Placeholders).Distinct(StringComparer.Ordinal)];
        TestPaths = [.. tables.SelectMany(t => t.TestPaths).Distinct(StringComparer.Ordinal)];
        _expressions = [.. Patterns.Select(p => new BoundedExpression(p.Expression, RegexOptions.ExplicitCapture))];
        foreach (var (pattern, at) in Patterns.Select((p, i) => (p, i)))
        {
            foreach (var word in pattern.Keywords)
            {
                AddFirst(word[0], word, at);
                if (char.ToUpperInvariant(word[0]) != word[0])
                {
                    AddFirst(char.ToUpperInvariant(word[0]), word, at);
                }
            }
        }

        Keywords = SearchValues.Create([.. Patterns.SelectMany(p => p.Keywords).Distinct(StringComparer.Ordinal)], StringComparison.OrdinalIgnoreCase);
        Digest = Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes(string.Join('\n', tables.Select(t => t.File.Sha256)))));
    }

    public IReadOnlyList<SecretPattern> Patterns { get; }

    public BoundedExpression ExpressionOf(int pattern) => _expressions[pattern];

    public IReadOnlyList<string> Placeholders { get; }

    public IReadOnlyList<string> TestPaths { get; }

    public SearchValues<string> Keywords { get; }

    /// <summary>Of the tables: changes with them.</summary>
    public string Digest { get; }

    /// <summary>Patterns that have a keyword beginning here.</summary>
    public void At(ReadOnlySpan<char> text, List<int> patterns)
    {
        patterns.Clear();
        if (!_byFirst.TryGetValue(text[0], out var words))
        {
            return;
        }

        foreach (var (word, pattern) in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                patterns.Add(pattern);
            }
        }
    }

    private void AddFirst(char first, string word, int pattern)
    {
        if (!_byFirst.TryGetValue(first, out var words))
        {
            _byFirst[first] = words = [];
        }

        words.Add((word, pattern));
    }
}
