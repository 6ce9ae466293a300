namespace SmartCity.SecurityCheck.Model;

/// <summary>Words that names of a program are made of.</summary>
/// <param name="Words">In small letters; such as <c>token</c>, which <c>newToken</c> and <c>TOKEN_LENGTH</c> hold and <c>tokenizer</c> does not.</param>
/// <param name="Not">Two words in a row that do not count, such as <c>hash code</c>.</param>
public sealed record NameWords(IReadOnlyList<string> Words, IReadOnlyList<string> Not)
{
    /// <summary>One of the words is in one of the texts.</summary>
    public bool IsSaid(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            var before = "";
            foreach (var word in Split(text))
            {
                if (Words.Contains(word, StringComparer.Ordinal) && !Not.Contains($"{before} {word}", StringComparer.Ordinal))
                {
                    return true;
                }

                before = word;
            }
        }

        return false;
    }

    /// <summary>At what is no letter, and before a large one behind a small one or before a small one.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            var ends = at == text.Length || !char.IsLetter(text[at]);
            if (ends || (at > start && char.IsUpper(text[at]) && (char.IsLower(text[at - 1]) || (at + 1 < text.Length && char.IsLower(text[at + 1])))))
            {
                if (at > start)
                {
                    yield return text[start..at].ToLowerInvariant();
                }

                start = ends ? at + 1 : at;
            }
        }
    }
}
