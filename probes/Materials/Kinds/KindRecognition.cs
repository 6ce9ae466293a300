using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>What the head of a text calls itself.</summary>
/// <param name="Kinds">Names, in order; empty where none is named.</param>
/// <param name="IsClear">One word and no other as long says it.</param>
/// <param name="Line">That is the title; null where no line is one.</param>
internal sealed record PaperTitle(IReadOnlyList<string> Kinds, bool IsClear, string? Line);

/// <summary>Finds kinds of papers by words.</summary>
public static class KindRecognition
{
    /// <summary>A title stands at the beginning; further on papers name one another.</summary>
    private const int Head = 300;
    private const int LongestTitle = 40;

    /// <summary>Over how many lines a title goes.</summary>
    private const int MostLines = 3;

    /// <summary>What may follow the word of a kind to the end of a title.</summary>
    private static readonly string[] Suffixes = ["报告", "书", "意见", "说明", "表", "函", "文件", "材料", "证明", "方案", "总结", "纪要", "情况", "记录", "目录", "清单", "制度", "办法", "管理", "评估", "测评", "评价", "测试", "检测", "审计", "正文", "全文"];

    /// <summary>Begin the names of papers about anything.</summary>
    private static readonly string[] Common = ["项目", "系统", "信息"];

    /// <summary>Kinds whose words a name has; those with the longest words, so that 试运行评价意见 is no 评价 of another sort.</summary>
    /// <param name="kinds">Of the rules.</param>
    /// <param name="name">Of a file, or the head of a text.</param>
    public static IReadOnlyList<string> Named(IEnumerable<MaterialKind> kinds, string name) => Longest(kinds, PlainText.Joined(PlainText.Of(name))).Kinds;

    /// <summary>
    /// By the first line that is a title, or by two or three that are one together. What the head of any other text names, it names in passing.
    /// </summary>
    /// <param name="kinds">Of the rules.</param>
    /// <param name="text">Plain, with breaks.</param>
    internal static PaperTitle TitleOf(IReadOnlyList<MaterialKind> kinds, string text)
    {
        var head = text.Length <= Head ? text : text[..Head];
        var lines = head.Split(PlainText.Break);
        var together = Enumerable.Range(2, MostLines - 1).Select(n => TitleOver(kinds, lines, n)).FirstOrDefault(t => t is not null);
        return TitleOver(kinds, lines, 1) ?? (together is not null ? together with { Line = null } : Longest(kinds, PlainText.Joined(head)) with { IsClear = false });
    }

    private static PaperTitle? TitleOver(IReadOnlyList<MaterialKind> kinds, string[] lines, int count) => Enumerable.Range(0, Math.Max(0, lines.Length - count + 1))
        .Select(i => string.Concat(lines.Skip(i).Take(count))).Where(l => l.Length <= LongestTitle && l.IndexOfAny([':', ',']) < 0)
        .Select(l => Longest(kinds, WithoutBrackets(l), isTitle: true)).FirstOrDefault(t => t.Kinds.Count > 0);

    /// <summary>
    /// The title shares no word with what papers of the kind are about: 监理工作总结 may be a 监理报告. One of both must be known by more than its
    /// name: what one town calls 需求方案 another calls 建设方案.
    /// </summary>
    internal static bool IsOfOther(IReadOnlyList<MaterialKind> kinds, MaterialKind kind, PaperTitle title) => title is { Line: { } line, IsClear: true }
        && (kind.Text.Count > 0 || kinds.Where(k => title.Kinds.Contains(k.Name, StringComparer.Ordinal)).All(k => k.Text.Count > 0))
        && !kind.Text.Concat(Words(kind).Select(w => w[..Math.Min(2, w.Length)])).Except(Common, StringComparer.Ordinal).Any(w => line.Contains(w, StringComparison.OrdinalIgnoreCase));

    internal static IEnumerable<string> Words(MaterialKind kind) => kind.Titles.Append(kind.Name).Select(t => PlainText.Joined(PlainText.Of(t)));

    private static PaperTitle Longest(IEnumerable<MaterialKind> kinds, string plain, bool isTitle = false)
    {
        var hits = kinds.SelectMany(k => Words(k).Where(w => isTitle ? Titles(plain, w) : plain.Contains(w, StringComparison.OrdinalIgnoreCase)).Select(w => (k.Name, Word: w))).ToList();
        var longest = hits.Count == 0 ? 0 : hits.Max(h => h.Word.Length);
        hits.RemoveAll(h => h.Word.Length < longest);
        return new PaperTitle([.. hits.Select(h => h.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], hits.Select(h => h.Word).Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1, isTitle ? plain : null);
    }

    private static bool Titles(string line, string word)
    {
        var at = line.LastIndexOf(word, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return false;
        }

        var rest = line[(at + word.Length)..];
        while (Array.Find(Suffixes, s => rest.StartsWith(s, StringComparison.Ordinal)) is { } suffix)
        {
            rest = rest[suffix.Length..];
        }

        return rest.Length == 0;
    }

    /// <summary>（送审稿） and 》 at the end say nothing of the kind.</summary>
    private static string WithoutBrackets(string line)
    {
        var bare = line.TrimEnd('》', '”', '"', '。');
        var open = bare.LastIndexOfAny(['(', '（']);
        return open > 0 && bare[^1] is ')' or '）' ? bare[..open] : bare;
    }
}
