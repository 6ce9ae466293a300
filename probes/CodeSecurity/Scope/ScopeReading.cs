using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Counts of a pass over a tree.</summary>
internal static class ScopeReading
{
    private const int MostExamples = 5;

    /// <summary>Entries of a list that people read.</summary>
    private const int MostListed = 200;

    public static SourceScope Of(SweptTree swept)
    {
        var unread = LeftOut(swept, byChoice: false);
        var damaged = swept.Files.Where(f => f.Charset == Charsets.Unknown).Select(f => f.Path).Take(MostListed).ToList();
        var unspoken = Unspoken(swept).ToList();
        var faults = swept.Faults.Take(MostListed).Select(f => f.ExaminerId == Tokenizer.Id ? $"{f.Path}（{f.What}）" : f.Path.Length > 0 ? $"{f.Path}（{f.ExaminerId}：{f.What}）" : $"{f.ExaminerId}：{f.What}").ToList();
        return new SourceScope
        {
            IsWhole = swept.IsWhole && unread.Count + damaged.Count + unspoken.Count + faults.Count == 0 ? true : default(Fact<bool>),
            Files = swept.Files.Count,
            Lines = swept.Files.Sum(f => (long)f.Lines),
            Languages = [.. swept.Files.GroupBy(f => f.Language).Select(g => new LanguageShare(g.Key, g.Count(), g.Sum(f => (long)f.Lines))).OrderByDescending(s => s.Lines).ThenBy(s => s.Language)],
            Charsets = [.. swept.Files.GroupBy(f => f.Charset, StringComparer.Ordinal).Select(g => new CharsetShare(g.Key, g.Count())).OrderByDescending(s => s.Files).ThenBy(s => s.Charset, StringComparer.Ordinal)],
            LeftOut = LeftOut(swept, byChoice: true),
            Unread = unread,
            UnreadBytes = damaged,
            UnreadLanguages = unspoken,
            SetAside = [.. SetAsideFiles.In(swept.Files).Where(a => a.IsBesideOriginal).Select(a => a.Path).Take(MostListed)],
            UnreadByExaminers = faults,
            Hidden = Hidden(swept, isWhole: swept.IsWhole && unread.Count + damaged.Count == 0 && !swept.Faults.Any(f => f.ExaminerId == Tokenizer.Id)),
        };
    }

    private static List<LeftOutShare> LeftOut(SweptTree swept, bool byChoice) =>
        [.. swept.LeftOutCounts.Where(c => LeftOutReasons.Unseen.Contains(c.Key) != byChoice)
            .Select(c => new LeftOutShare(c.Key, c.Value, [.. swept.LeftOut.Where(e => e.Reason == c.Key).Take(MostExamples).Select(e => e.Path)]))];

    private static Fact<IReadOnlyList<HiddenPlace>> Hidden(SweptTree swept, bool isWhole)
    {
        var places = swept.Files.SelectMany(f => f.Hidden).Take(MostListed + 1).ToList();
        return places.Count <= MostListed && (isWhole || places.Count > 0) ? places : default(Fact<IReadOnlyList<HiddenPlace>>);
    }

    private static IEnumerable<ExtensionShare> Unspoken(SweptTree swept) =>
        swept.Files.Where(f => f.Language == SourceLanguage.Script || (f.Language is SourceLanguage.Other or SourceLanguage.Html && OtherLanguages.Has(f.Path)))
            .Select(f => (File: f, Ending: Path.GetExtension(f.Path).ToLowerInvariant() is { Length: > 0 } ending ? ending : Path.GetFileName(f.Path)))
            .Concat(SetAsideFiles.In(swept.Files).Where(a => !a.IsBesideOriginal).Select(a => (a.File, a.Ending)))
            .GroupBy(f => f.Ending, f => f.File, StringComparer.Ordinal)
            .Select(g => new ExtensionShare(g.Key, g.Count(), g.Sum(f => (long)f.Lines)))
            .OrderByDescending(s => s.Lines)
            .ThenBy(s => s.Extension, StringComparer.Ordinal);
}
