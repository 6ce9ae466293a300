namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The words of texts, each kept once, and which of them are keywords. One thread at a time.</summary>
internal sealed class JavaWords
{
    /// <summary>Beyond this many, words are no longer kept for the next text.</summary>
    private const int MostKept = 500_000;
    private const int LongestKept = 128;

    private readonly Dictionary<string, (string Text, JavaTokenKind Kind)> _words = new(512, StringComparer.Ordinal);
    private readonly Dictionary<string, (string Text, JavaTokenKind Kind)>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public JavaWords()
    {
        for (var kind = JavaTokenKind.True; kind <= JavaTokenKind.While; kind++)
        {
            var word = kind.ToString().ToLowerInvariant();
            _words.Add(word, (word, kind));
        }

        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public (string Text, JavaTokenKind Kind) Find(ReadOnlySpan<char> word)
    {
        if (_lookup.TryGetValue(word, out var found))
        {
            return found;
        }

        var text = word.ToString();
        if (_words.Count < MostKept && text.Length <= LongestKept)
        {
            _words.Add(text, (text, JavaTokenKind.Identifier));
        }

        return (text, JavaTokenKind.Identifier);
    }
}
