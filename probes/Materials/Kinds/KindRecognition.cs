using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Finds kinds of papers by words.</summary>
public static class KindRecognition
{
    /// <summary>A title stands at the beginning; further on papers name one another.</summary>
    private const int Head = 300;

    /// <summary>Kinds whose words a name has; those with the longest words, so that 试运行评价意见 is no 评价 of another sort.</summary>
    /// <param name="kinds">Of the rules.</param>
    /// <param name="name">Of a file, or the head of a text.</param>
    public static IReadOnlyList<string> Named(IEnumerable<MaterialKind> kinds, string name)
    {
        var plain = PlainText.Of(name);
        var hits = kinds.Select(k => (k.Name, Length: Words(k).Where(w => plain.Contains(w, StringComparison.OrdinalIgnoreCase)).Select(w => w.Length).DefaultIfEmpty(0).Max())).Where(h => h.Length > 0).ToList();
        var longest = hits.Count == 0 ? 0 : hits.Max(h => h.Length);
        return [.. hits.Where(h => h.Length == longest).Select(h => h.Name).Order(StringComparer.Ordinal)];
    }

    internal static string HeadOf(string text) => text.Length <= Head ? text : text[..Head];

    internal static IEnumerable<string> Words(MaterialKind kind) => kind.Titles.Append(kind.Name).Select(PlainText.Of);
}
