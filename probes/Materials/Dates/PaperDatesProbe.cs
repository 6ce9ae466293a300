using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>When a paper was made and until when it is good.</summary>
public sealed class PaperDatesProbe : PaperProbe<PaperDatesRecord>
{
    public PaperDatesProbe() => Manifest = ManifestOf("dates", "材料日期", "材料是哪一天的，按期限到哪一天有效？");

    public override ProbeManifest Manifest { get; }

    private protected override (PaperDatesRecord Record, IEnumerable<string> Found) Describe(Document target, Paper paper, ProbeContext context)
    {
        var dates = WrittenDates.In(paper.Text);
        var kind = KindOf(target, context);
        var written = PaperDay.Of(paper.Text, dates);
        var expiry = PaperDay.ExpiryOf(paper.Text, dates);
        var record = new PaperDatesRecord
        {
            WrittenOn = written?.Day ?? default(Fact<DateOnly>),
            FoundBy = written?.FoundBy,
            Stated = target.IssuedOn,
            StatesIt = target.IssuedOn is not { } stated ? default : dates.Any(d => d.Day == stated) ? true : paper.IsWhole ? false : default(Fact<bool>),
            StaleFrom = written is { } made && StaleFrom(made.Day, kind) is { } stale ? expiry < stale ? expiry.Value.AddDays(1) : stale : default(Fact<DateOnly>),
            StatedStaleFrom = StaleFrom(target.IssuedOn, kind) ?? default(Fact<DateOnly>),
            ExpiresOn = expiry is not null || paper.IsWhole ? expiry : default(Fact<DateOnly?>),
            ValidMonths = kind?.ValidMonths,
            ValidSource = kind?.ValidSource,
            Days = paper.IsWhole ? dates.Select(d => d.Day).Distinct().ToList() : default(Fact<IReadOnlyList<DateOnly>>),
            Trial = paper.IsWhole ? new Fact<IReadOnlyList<DateOnly>>(PaperDay.TrialOf(paper.Text, dates)) : default,
            Unread = paper.Unread,
        };
        return (record, [$"材料上的日期：{(written is { } w ? $"{w.Day:yyyy-MM-dd}（{w.FoundBy}）" : "没有认出")}", $"正文里的日期：{string.Join("、", dates.Select(d => $"{d.Day:yyyy-MM-dd}").Distinct(StringComparer.Ordinal).Take(200))}", $"试运行起止：{string.Join(" 至 ", PaperDay.TrialOf(paper.Text, dates).Select(d => $"{d:yyyy-MM-dd}"))}"]);
    }

    private static DateOnly? StaleFrom(DateOnly? from, MaterialKind? kind) => kind?.ValidMonths is { } months ? from?.AddMonths(months).AddDays(1) : null;
}
