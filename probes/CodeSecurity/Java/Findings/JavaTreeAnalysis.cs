using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Reads the Java of a tree, follows foreign input through it, and says what was found and how far it went.</summary>
/// <param name="tables">Weaknesses and libraries.</param>
/// <param name="limits">Those of the product where null.</param>
/// <param name="settings">Weaknesses of configuration; none where null.</param>
/// <param name="project">What the project declares of its own methods; null for nothing.</param>
internal sealed class JavaTreeAnalysis(IReadOnlyList<FlowTable> tables, FlowLimits? limits = null, IReadOnlyList<SettingTable>? settings = null, ProjectFlows? project = null)
{
    private const int MostCutsNamed = 200;

    /// <summary>Name of the class of weaknesses of configuration, which the tables of flows do not have.</summary>
    private const string OfSettings = "settings";

    private readonly ProjectFlows _project = project ?? ProjectFlows.None;
    private readonly ApiIndex _apis = new(tables, new ProjectApis(project ?? ProjectFlows.None, tables.SelectMany(t => t.Weaknesses)));
    private readonly List<SettingRule> _settings = [.. (settings ?? []).SelectMany(s => s.Rules)];

    /// <param name="root">Of the tree.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="cacheFolder">Where the analysis of an earlier run lies; null for none.</param>
    /// <returns>Null where the tree holds no Java.</returns>
    /// <exception cref="UnableException">The tree cannot be read, or no table says what to look for.</exception>
    public JavaAnalysis? Run(string root, CancellationToken stop, string? cacheFolder = null)
    {
        var sources = JavaSources.Read(root, stop);
        if (sources.Java.Count == 0 && sources.OfUnitTests == 0 && !sources.Unread.Any(u => JavaSources.IsJava(u.File)))
        {
            return sources.IsWhole ? null : throw new UnableException(FailureKind.BadInput, "没有看到 Java 文件，但目录没有列全，不能说没有");
        }

        if (_apis.Weaknesses.Count == 0)
        {
            throw new UnableException(FailureKind.BadInput, "规则目录里没有数据流规则表（code-security/flows），没有什么可找");
        }

        var cache = limits is null ? FlowCache.Open(cacheFolder, Path.GetFullPath(root), sources, tables, settings ?? [], _project) : null;
        if (cache?.Read<KeptAnalysis>() is { } known)
        {
            return known.Whole();
        }

        var (parser, pages) = (new JavaParser(), JavaPages.Of(sources.Pages, sources.Properties, stop));
        var units = sources.Java.Select(j => (Path: j.Key, Unit: parser.Parse(j.Value))).Concat(pages.All.Select(p => (p.Path, Unit: parser.Parse(p.Java)))).ToList();
        stop.ThrowIfCancellationRequested();
        var texts = new FlowTexts(sources);
        int lineOf(CodePlace place) => texts.LineOf(pages.Written(place));
        var asBuilt = LibraryVersions.Apply(tables, sources, stop);
        var apis = ReferenceEquals(asBuilt, tables) ? _apis : new ApiIndex(asBuilt, new ProjectApis(_project, tables.SelectMany(t => t.Weaknesses)));
        JavaProgram program = null!;
        var again = Again(root, sources, units, limits is null ? cacheFolder : null);
        var result = pages.Written(again.Run(
            () => program = new JavaProgram(units, apis, sources.Properties) { Views = pages.Views, Texts = sources.Texts, LineOf = lineOf, PrintsErrors = ErrorPages.PrintTexts(sources.Pages) },
            (p, memory) => FlowAnalysis.Run(p, sources.Markup.Select(m => (m.Key, m.Value)), limits, memory, stop)));
        (Counts, WhyAnew) = (again.Counts, again.Why);
        var cleaned = new DeclaredCleaning(_project, asBuilt, limits).Of(result, units, sources, pages, texts, stop);
        var said = Say(sources, units, program, result, cleaned, pages, texts, stop);
        if (!result.Cut.Concat(cleaned.Cut).Any(c => c.Why == SummaryBook.TimeIsUp))
        {
            cache?.Write(KeptAnalysis.Of(said));
        }

        return said;
    }

    /// <summary>For who measures, as of <see cref="FlowAgain.Counts"/>.</summary>
    public (int Taken, int Anew)? Counts { get; private set; }

    /// <inheritdoc cref="FlowAgain.Why"/>
    public string? WhyAnew { get; private set; }

    /// <summary>What a declaration stops is seen by going over the tree twice, of which nothing is written down.</summary>
    private FlowAgain Again(string root, JavaSources sources, List<(string Path, JavaUnit Unit)> units, string? cacheFolder)
    {
        if (cacheFolder is null || _project.Sanitizers.Count > 0)
        {
            return new FlowAgain(null, new Dictionary<string, FileShape>(StringComparer.Ordinal));
        }

        var shapes = units.Where(u => sources.Java.ContainsKey(u.Path)).ToDictionary(u => u.Path, u => FileShape.Of(sources.Java[u.Path], u.Unit), StringComparer.Ordinal);
        return new FlowAgain(FlowCache.OpenRecord(cacheFolder, Path.GetFullPath(root), sources, tables, settings ?? [], _project, shapes), shapes);
    }

    private JavaAnalysis Say(JavaSources sources, List<(string Path, JavaUnit Unit)> units, JavaProgram program, FlowResult result, DeclaredStops cleaned, JavaPages pages, FlowTexts texts, CancellationToken stop)
    {
        var gaps = units.Where(u => !u.Unit.Gaps.IsEmpty).Select(u => new UnreadSource(u.Path, $"第 {texts.LineOf(pages.Written(new CodePlace(u.Path, u.Unit.Gaps[0].At)))} 行起有 {u.Unit.Gaps.Length} 处没有读懂"));
        IReadOnlyList<UnreadSource> unread =
        [
            .. sources.Unread, .. gaps, .. sources.Others,
            .. pages.All.SelectMany(p => p.Unknown).Distinct().Select(u => new UnreadSource(u.Place.File, $"第 {texts.LineOf(u.Place)} 行：{u.Why}")),
            .. program.Types.Inheritance.GivenUp is > 0 and var givenUp ? [new UnreadSource(".", $"{givenUp} 个类型的上级太深，没有弄清")] : Array.Empty<UnreadSource>(),
            .. program.Types.DeclaredTwice.Select(t => program.Types.Find(t)!).Select(t => new UnreadSource(t.Path, $"类型 {t.FullName} 不止一处声明，只看了一处")),
        ];
        var cut = Cuts(result, cleaned);

        // Whatever leaves it open is told: people accept what is doubted only where nothing is left that they were not shown.
        var isComplete = unread.Count == 0 && cut.Count == 0;
        var ofSettings = new SettingAnalysis(_settings).Run(sources, program, texts, stop);
        List<CodeDefect> defects = [.. new FlowDefects(_apis, texts, new DeclaredAround(units).At, TreeFacts.Of(sources, program, result.Found, _apis)).Of([.. result.Found, .. cleaned.Flows.Keys], cleaned.Flows.GetValueOrDefault).Concat(ofSettings.Defects).OrderBy(d => d.Key)];
        return new JavaAnalysis
        {
            Files = sources.Java.Count,
            Lines = sources.Java.Values.Sum(LineEnds.CountLines),
            UnitTestFiles = sources.OfUnitTests,
            IsComplete = isComplete,
            KnownCallsPercent = result.Calls == 0 ? null : (int)(100L * result.KnownCalls / result.Calls),
            Declared = DeclaredCleaning.Say(_project),
            Weaknesses = [.. _apis.Weaknesses.Select(w => $"{w.Rule} {w.Title}"), .. _settings.Select(s => $"{s.Id} {s.Title}")],
            UnreadSettings = [.. sources.UnreadSettings, .. ofSettings.Unread],
            Defects = isComplete ? new(defects) : default,
            SeenSoFar = isComplete ? [] : defects,
            Unread = [.. unread.OrderBy(u => u.File, StringComparer.Ordinal).ThenBy(u => u.Why, StringComparer.Ordinal)],
            Cut = [.. cut.Take(MostCutsNamed)],
            CutCount = cut.Count,
            Believed = [.. result.Believed.Take(MostCutsNamed).Select(b => new UnreadSource(b.File, $"第 {texts.LineOf(b)} 行的检查：挡不挡得住要看它比较的内容，由人看"))],
            BelievedCount = result.Believed.Count,
        };
    }

    /// <summary>What was not gone through, and what only the second time was not: what a declaration stops there is not listed.</summary>
    private static List<UnreadSource> Cuts(FlowResult result, DeclaredStops cleaned)
    {
        UnreadSource Said((ProgramMethod Method, string Why) cut, string when) => new(cut.Method.Owner.Path, $"{cut.Method.Owner.Syntax.Name}.{cut.Method.Syntax.Name}：{when}{cut.Why}");
        var known = result.Cut.Select(c => Said(c, "")).ToList();
        var seen = known.ToHashSet();
        return [.. known, .. cleaned.Cut.Where(c => !seen.Contains(Said(c, ""))).Select(c => Said(c, "不计项目声明的净化时，"))];
    }

    private static readonly string[] OfFlows = ["injection", "deserialization", "file"];

    private static bool IsDoubted(CodeDefect defect) => defect is { IsSuppressed: false, IsForPeople: true };

    /// <summary>Counts neither against the system nor as what people are asked for by itself; who accepts the rest of its class has to be shown it.</summary>
    private static bool IsSuspected(CodeDefect defect) => defect is { IsSuppressed: false, IsForPeople: false, Confidence: CodeConfidence.Low };

    /// <summary>A way that passes a check or a library nobody knows is for people to judge; a place that is enough by itself is not.</summary>
    private static bool IsPlain(CodeDefect defect) => defect.Confidence == CodeConfidence.High || (defect.Confidence == CodeConfidence.Medium && defect.Flow.Count == 0);

    /// <summary>
    /// The same with what people wrote of the defects, and what follows for their classes. That a class holds no defect is never told: values can be lost on ways
    /// that leave no trace, so that nothing found proves nothing.
    /// </summary>
    public JavaAnalysis Tell(JavaAnalysis analysis, DefectStates states)
    {
        var defects = states.Of(analysis.Seen);
        var byRule = _apis.Weaknesses.ToDictionary(w => w.Rule, w => JsonNamingPolicy.CamelCase.ConvertName($"{w.Class}"), StringComparer.Ordinal);
        var classes = defects.Where(d => d.Severity >= Severity.Major && !(d.Confidence == CodeConfidence.Low && TestCode.IsTest(d.File))).ToLookup(d => byRule.GetValueOrDefault(d.RuleId, OfSettings), StringComparer.Ordinal);
        Fact<bool> Has(string kind) => classes[kind].Any(d => !d.IsSuppressed && IsPlain(d)) ? true : default(Fact<bool>);
        return analysis with
        {
            HasSevereInjection = Has("injection"),
            HasSevereDeserialization = Has("deserialization"),
            HasSevereFileAccess = Has("file"),
            HasSevereSettings = Has(OfSettings),
            Defects = analysis.IsComplete ? new(defects) : default,
            SeenSoFar = analysis.IsComplete ? [] : defects,
            DoubtedSevere = OfFlows.SelectMany(c => classes[c]).Count(IsDoubted),
            SuspectedSevere = OfFlows.SelectMany(c => classes[c]).Count(IsSuspected),
            Doubted = [.. OfFlows.Where(c => classes[c].Any(IsDoubted))],
            Suppressed = defects.Count(d => d.IsSuppressed),
            AwaitsAcceptance =
            [
                .. OfFlows.Append(OfSettings).Where(c => analysis.IsComplete && classes[c].Any() && classes[c].All(d => d.IsSuppressed)),
            ],
        };
    }
}
