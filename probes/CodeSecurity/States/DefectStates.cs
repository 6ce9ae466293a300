using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What people wrote of the defects of a tree, and what an earlier look found: gives each defect its suppression and its place beside the baseline.</summary>
internal sealed class DefectStates
{
    private readonly ILookup<string, WrittenSuppression> _byPrint;
    private readonly ILookup<string, WrittenSuppression> _byFile;
    private readonly ILookup<string, WrittenSuppression> _byDeclaration;

    /// <param name="written">Of comments and of the file.</param>
    /// <param name="baseline">Null where there is none.</param>
    /// <param name="today">Of the run, in Beijing.</param>
    public DefectStates(IReadOnlyList<WrittenSuppression> written, CodeBaseline? baseline, DateOnly today)
    {
        (Written, Baseline, Today) = (written, baseline, today);
        _byPrint = written.Where(w => w.Fingerprint is not null).ToLookup(w => w.Fingerprint!, StringComparer.Ordinal);
        _byDeclaration = written.Where(w => w.Declared is not null).ToLookup(w => w.Declared!, StringComparer.Ordinal);
        _byFile = written.Where(w => w is { Fingerprint: null, Declared: null }).ToLookup(w => w.File ?? "", StringComparer.Ordinal);
    }

    /// <summary>Nobody wrote anything.</summary>
    public static DefectStates None { get; } = new([], null, DateOnly.MinValue);

    public IReadOnlyList<WrittenSuppression> Written { get; }

    public CodeBaseline? Baseline { get; }

    public DateOnly Today { get; }

    /// <summary>Why the baseline that was named could not be read; null where it was, or none was named. Nothing else hangs on it.</summary>
    public string? BaselineTrouble { get; private init; }

    /// <summary>Every probe of a run sees the same baseline: it is read once.</summary>
    public static async Task<DefectStates> OfAsync(SourceTree target, SweptTree swept, ProbeContext context, CancellationToken stop)
    {
        var (baseline, trouble) = await context.Shared.GetAsync($"code.baseline {target.TargetId}", _ => Task.FromResult(Open(target)), stop);
        List<WrittenSuppression> written = [.. swept.Files.SelectMany(f => f.Suppressions), .. target.Suppressions.Select(Of), .. target.Flows.Sanitizers.Select(Of)];
        var today = BeijingTime.DayOf(context.Clock.GetUtcNow());
        return new DefectStates(written, baseline, today) { BaselineTrouble = trouble };
    }

    private static OpenedBaseline Open(SourceTree target)
    {
        try
        {
            return new OpenedBaseline(target.Baseline is { } path ? CodeBaseline.Open(path) : null, null);
        }
        catch (UnableException unable)
        {
            return new OpenedBaseline(null, unable.Message);
        }
    }

    private sealed record OpenedBaseline(CodeBaseline? Baseline, string? Trouble);

    /// <summary>What a project declares of its methods, and nothing else.</summary>
    public static DefectStates Of(ProjectFlows flows, DateOnly today) => new([.. flows.Sanitizers.Select(Of)], null, today);

    /// <summary>Of what another scanner found in a tree: comments in its files speak to our own engines alone.</summary>
    public static DefectStates Of(ImportedReport target, ProbeContext context) => new([.. target.Suppressions.Select(Of)], null, BeijingTime.DayOf(context.Clock.GetUtcNow()));

    /// <summary>The same defects with what is known of them, in the order of <see cref="DefectKey"/>.</summary>
    /// <param name="defects">Of engines.</param>
    /// <param name="mayBeKnown">One that is not in the baseline may stand there by another version that is not here: nobody knows whether it is new.</param>
    public IReadOnlyList<CodeDefect> Of(IEnumerable<CodeDefect> defects, bool mayBeKnown = false) => [.. defects.SelectMany(d => Places(d, mayBeKnown)).OrderBy(d => d.Key)];

    /// <summary>One defect for several places stays one where people wrote the same of all of them and all are as old: no word about one place speaks for another, and no place that was there makes one that was not an old one.</summary>
    private IEnumerable<CodeDefect> Places(CodeDefect defect, bool mayBeKnown) => defect.Fold is { } fold
        ? fold.Places.Select(p => Of(p, mayBeKnown)).GroupBy(p => (p.Suppression, p.Baseline)).Select(g => (fold with { Places = [.. g] }).Told())
        : [Of(defect, mayBeKnown)];

    private CodeDefect Of(CodeDefect defect, bool mayBeKnown)
    {
        var suppression = Suppression(defect);
        BaselineStanding? beside = Baseline is null ? null : Baseline.Has(defect.Fingerprint) ? BaselineStanding.Known : mayBeKnown ? null : BaselineStanding.New;
        return suppression is null && beside is null ? defect : defect with { Suppression = suppression, Baseline = beside };
    }

    /// <summary>Of several suppressions one with effect speaks.</summary>
    private DefectSuppression? Suppression(CodeDefect defect) =>
        _byPrint[defect.Fingerprint].Concat(_byFile[defect.File].Where(w => w.Means(defect))).Select(w => w.On(Today)).Concat(Declared(defect.DeclaredClean ?? []))
            .OrderBy(s => s.Standing).ThenBy(s => s.Place, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Of several declarations nobody knows which one stops it: together they are worth what the least of them is.</summary>
    private IEnumerable<DefectSuppression> Declared(IReadOnlyList<string> names)
    {
        List<DefectSuppression> all = [.. names.SelectMany(n => _byDeclaration[n]).Select(w => w.On(Today))];
        if (all.Count == 0)
        {
            yield break;
        }

        static string? Joined(IEnumerable<string?> texts) => string.Join('、', texts.OfType<string>().Distinct(StringComparer.Ordinal)) is { Length: > 0 } joined ? joined : null;
        yield return all[0] with
        {
            Standing = all.Max(s => s.Standing),
            Place = Joined(all.Select(s => s.Place))!,
            Reason = Joined(all.Select(s => s.Reason)),
            Reviewer = Joined(all.Select(s => s.Reviewer)),
            Until = all.Min(s => s.Until),
        };
    }

    private static WrittenSuppression Of(ProjectSanitizer declared) => new()
    {
        Kind = SuppressionKind.Declared,
        Place = declared.Place,
        Declared = declared.Name,
        Reason = SuppressionWords.Shown($"按项目声明，{declared.Name} 视为已净化：{declared.Reason}"),
        Reviewer = SuppressionWords.Shown(declared.Author),
        Until = declared.Until,
    };

    private static WrittenSuppression Of(DeclaredSuppression declared) => new()
    {
        Kind = SuppressionKind.File,
        Place = declared.Place,
        Fingerprint = declared.Fingerprint,
        Rules = declared.Rule is { } rule ? [rule] : [],
        File = declared.File,
        Code = declared.Code is { } code ? DefectFingerprints.Normal(code) : null,
        Reason = SuppressionWords.Shown(declared.Reason),
        Reviewer = SuppressionWords.Shown(declared.Reviewer),
        Until = declared.Until,
    };
}
