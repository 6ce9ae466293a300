using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>When a paper was made and until when it is good.</summary>
public sealed class PaperDatesProbe : PaperProbe<PaperDatesRecord>
{
    public PaperDatesProbe() => Manifest = ManifestOf("dates", "材料日期", "材料是哪一天的，按期限到哪一天有效？");

    public override ProbeManifest Manifest { get; }

    private protected override (PaperDatesRecord Record, IEnumerable<string> Found) Describe(Document target, Paper paper, ProbeContext context, CancellationToken stop)
    {
        var dates = WrittenDates.In(paper.Text, stop);
        var days = new PaperDay(paper.Text, dates, stop);
        var kind = KindOf(target, context);
        var isWhole = paper.IsWhole && !days.IsCut;
        var written = days.Written(isWhole);
        var expiry = PaperExpiry.Of(paper.Text, days, kind is not null && IsCertificate(kind));
        var trials = days.Trials();
        var seen = Sooner(StaleFrom(written?.Day, kind), expiry.Day?.AddDays(1));
        var isSettled = isWhole && kind is not null && expiry.IsUnderstood && (kind.ValidMonths is null || written is not null);
        var record = new PaperDatesRecord
        {
            WrittenOn = written?.Day ?? default(Fact<DateOnly>),
            FoundBy = written?.FoundBy,
            Stated = target.IssuedOn,
            StatesIt = target.IssuedOn is not { } stated ? default : dates.Any(d => d.Day == stated) ? true : isWhole ? false : default(Fact<bool>),
            MayExpire = kind is null ? default(Fact<bool>) : kind.ValidMonths is not null || expiry.Day is not null || !expiry.IsUnderstood || !isWhole,
            StaleFrom = isSettled ? seen ?? default(Fact<DateOnly>) : default,
            SeenStaleFrom = seen,
            StatedStaleFrom = StaleFrom(target.IssuedOn, kind) ?? default(Fact<DateOnly>),
            ExpiresOn = expiry.IsUnderstood && (expiry.Day is not null || isWhole) ? expiry.Day : default(Fact<DateOnly?>),
            ValidMonths = kind?.ValidMonths,
            ValidSource = kind?.ValidSource,
            Days = isWhole ? dates.Select(d => d.Day).Distinct().ToList() : default(Fact<IReadOnlyList<DateOnly>>),
            Trial = isWhole ? trials.SelectMany(t => new[] { t.From, t.To }).ToList() : default(Fact<IReadOnlyList<DateOnly>>),
            Unread = paper.Unread,
            NeedsPeople = kind is not null && paper.IsOpenToPeople && !(isSettled && written is not null),
        };
        return (record, Lines(written, expiry, dates, trials));
    }

    private static IEnumerable<string> Lines((DateOnly Day, string FoundBy)? written, PaperExpiry expiry, IReadOnlyList<WrittenDate> dates, IReadOnlyList<(DateOnly From, DateOnly To)> trials) =>
    [
        $"材料上的日期：{(written is { } w ? $"{w.Day:yyyy-MM-dd}（{w.FoundBy}）" : "没有认出")}",
        $"有效期至：{(expiry.Day is { } last ? $"{last:yyyy-MM-dd}" : expiry.IsUnderstood ? "没有写" : "写了有效期，没有认出日期")}",
        $"正文里的日期：{string.Join("、", dates.Select(d => $"{d.Day:yyyy-MM-dd}").Distinct(StringComparer.Ordinal).Take(200))}",
        $"试运行起止：{string.Join("；", trials.Take(20).Select(t => $"{t.From:yyyy-MM-dd} 至 {t.To:yyyy-MM-dd}"))}",
    ];

    /// <summary>By its own name or title.</summary>
    private static bool IsCertificate(MaterialKind kind) =>
        KindRecognition.Words(kind).Any(w => w.EndsWith("证书", StringComparison.Ordinal) || w.EndsWith("证明", StringComparison.Ordinal));

    private static DateOnly? Sooner(DateOnly? one, DateOnly? other) => one is null || other < one ? other : one;

    private static DateOnly? StaleFrom(DateOnly? from, MaterialKind? kind) => kind?.ValidMonths is { } months ? from?.AddMonths(months).AddDays(1) : null;
}
