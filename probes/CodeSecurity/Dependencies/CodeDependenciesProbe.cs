using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Reads manifests and lock files; builds nothing, asks no registry, and knows only the flaws it is given.</summary>
public sealed class CodeDependenciesProbe : Probe<SourceTree, CodeDependencies>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "code.dependencies",
        Pillar = Pillar.CodeSecurity,
        Title = "第三方组件与已知漏洞",
        Question = "系统用了哪些第三方组件，其中有没有已公开漏洞的版本？",
        Needs = typeof(SourceTree),
        Observes = typeof(CodeDependencies),
        Touches = Touches.Source,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(600),
        Connections = 0,
        Tools = [],
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(SourceTree target, ProbeContext context, CancellationToken cancellationToken) =>
        await Task.Run(() => Look(target, context, cancellationToken), cancellationToken);

    private ProbeOutcome Look(SourceTree target, ProbeContext context, CancellationToken stop)
    {
        var survey = DependencySurvey.Of(target.Path, stop);
        if (survey.Manifests.Count == 0 && survey.Gaps.Count == 0 && survey.Components.Count == 0 && !survey.HasPrograms)
        {
            return new NotNeeded("源码里没有程序，也没有依赖清单和程序包");
        }

        if (survey.Gaps.Count == 0 && survey.Components.Count == 0)
        {
            return new NotNeeded($"依赖清单（{survey.Manifests[0]}{(survey.Manifests.Count > 1 ? $" 等 {survey.Manifests.Count} 个" : "")}）没有引用任何程序包，程序引入的也都是框架和自己的代码");
        }

        var book = new LicenceBook(context.Tables.Licences);
        var (licensed, unread) = LicenceSearch.Fill(target.Path, survey.Components, book, stop);
        survey = survey with { Components = licensed, UnreadLicences = unread };
        var dump = new OsvDump(survey.Components.Select(c => PackageNames.Key(c.Ecosystem, c.Name)).ToHashSet(StringComparer.Ordinal));
        var database = target.Osv is { } osv ? dump.Load(osv, stop) : null;
        var known = database is null ? null : FlawMatching.Against(dump, survey.Components);
        var record = Describe(survey, database, known, FlawMatching.Against(context.Tables.KnownFlaws, survey.Components), context.Tables.KnownFlaws.Count > 0, book);
        var bom = CycloneDxBom.Write(target.Title ?? target.Id, survey, book, known?.Flaws ?? record.FamousFlaws);
        return Saw(target, context, record, context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "sbom.cdx.json", "application/vnd.cyclonedx+json", bom, "软件物料清单（CycloneDX 1.6）：依赖清单里的第三方组件")));
    }

    internal static CodeDependencies Describe(DependencySurvey survey, FlawDatabase? database, FlawFindings? known, FlawFindings famous, bool hasList, LicenceBook book)
    {
        var isWhole = survey.Gaps.Count == 0;
        IReadOnlyList<CodeComponent> unpinned = [.. survey.Components.Where(c => c.Version is null || c.Version.EndsWith("-SNAPSHOT", StringComparison.OrdinalIgnoreCase))];
        var doubts = Doubts(survey, unpinned, database, known);
        return new CodeDependencies
        {
            Components = isWhole ? new(survey.Components) : default,
            ComponentCount = survey.Components.Count,
            Manifests = survey.Manifests,
            Gaps = survey.Gaps,
            IsWhole = isWhole,
            WithoutTransitive = survey.WithoutTransitive,
            Unpinned = isWhole ? new(unpinned) : default,
            Database = database,
            HasKnownFlaws = known is { Flaws.Count: > 0 } ? true : known is not null && doubts.Count == 0 ? false : default(Fact<bool>),
            KnownFlaws = known is null ? default : new(known.Flaws),
            Doubts = doubts,
            HasFamousFlaws = famous.Flaws.Count > 0 ? true : hasList && isWhole && famous.Undecided.Count + survey.WithoutTransitive.Count == 0 ? false : default(Fact<bool>),
            FamousFlaws = famous.Flaws,
            FamousUndecided = famous.Undecided,
            Licences = LicenceSummary.Of(survey, book),
        };
    }

    private static List<string> Doubts(DependencySurvey survey, IReadOnlyList<CodeComponent> unpinned, FlawDatabase? database, FlawFindings? known)
    {
        var doubts = new List<string>();
        if (database is null)
        {
            doubts.Add("没有提供漏洞库：未检测");
        }
        else
        {
            var lacking = survey.Components.Select(c => c.Ecosystem).Distinct(StringComparer.Ordinal).Except(database.Ecosystems, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            Add(lacking.Count > 0, $"漏洞库没有这些生态的记录：{string.Join("、", lacking)}");
            Add(database.Unreadable > 0, $"漏洞库里有 {database.Unreadable} 条读不出");
            Add(known!.Undecided.Count > 0, $"{known.Undecided.Count} 处版本无法与漏洞库比较");
        }

        Add(survey.Gaps.Count > 0, $"{survey.Gaps.Count} 处依赖没有读出");
        Add(unpinned.Any(c => c.Version is null), $"{unpinned.Count(c => c.Version is null)} 个组件的版本不知道");
        Add(survey.WithoutTransitive.Count > 0, $"{survey.WithoutTransitive.Count} 个清单只有直接依赖，间接依赖不知道");
        return doubts;

        void Add(bool applies, string doubt)
        {
            if (applies)
            {
                doubts.Add(doubt);
            }
        }
    }
}
