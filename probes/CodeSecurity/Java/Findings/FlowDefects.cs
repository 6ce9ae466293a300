using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Writes flows as defects, one for each weakness and line; of those that are many and slight one for each file.</summary>
/// <param name="apis">With the weaknesses.</param>
/// <param name="texts">Of the files.</param>
/// <param name="around">Names of what is declared around a place.</param>
/// <param name="facts">What a tree says beside its flows.</param>
internal sealed class FlowDefects(ApiIndex apis, FlowTexts texts, Func<CodePlace, string> around, TreeFacts facts)
{
    public const string Engine = "Java 数据流分析";

    private const int MostOthers = 20;

    /// <param name="found">By whatever run of the engine.</param>
    /// <param name="cleanedBy">Name of the project's declaration that stops a flow; null for those that nothing stops.</param>
    public List<CodeDefect> Of(IReadOnlyList<FoundFlow> found, Func<FoundFlow, string?>? cleanedBy = null)
    {
        var told = found.Select(f => Told(f, cleanedBy?.Invoke(f)))
            .GroupBy(t => (t.Flow.Site.File, Line: texts.LineOf(t.Flow.Site), t.Flow.Weakness, t.Cleaned)).Select(g => One([.. g])).ToList();
        var folds = Folds(told)
            .OrderBy(f => f.Lines[0].Flow.Site.File, StringComparer.Ordinal).ThenBy(f => texts.LineOf(f.Lines[0].Flow.Site))
            .ThenBy(f => apis.Weaknesses[f.Lines[0].Flow.Weakness].Rule, StringComparer.Ordinal).ThenBy(f => f.Lines[0].Cleaned, StringComparer.Ordinal).ToList();

        // What is told has its name first, so that it hangs on no line behind it that is not.
        var prints = new DefectFingerprints();
        var heads = folds.ConvertAll(f => Defect(f.Lines[0], prints));
        return [.. folds.Select((f, i) => new DefectFold(f.NamesLines, [heads[i], .. f.Lines.Skip(1).Select(l => Defect(l, prints))]).Told())];
    }

    private ToldFlow Told(FoundFlow flow, string? cleaned)
    {
        var weakness = apis.Weaknesses[flow.Weakness];
        var said = facts.Of(flow, weakness);
        return new ToldFlow(flow, cleaned, SeverityOf(flow), FlowSureness.Of(flow, weakness, texts.LineOf, said is not null), FlowDoubt.Hardly(flow, weakness) ?? said);
    }

    private IEnumerable<ToldFlows> Folds(List<ToldFlow> told)
    {
        (string, int, string?) OfFile(ToldFlow line) => (line.Flow.Site.File, line.Flow.Weakness, line.Cleaned);
        bool IsOncePerFile(ToldFlow line) => apis.Weaknesses[line.Flow.Weakness].OncePerFile;
        var slight = told.Where(IsOncePerFile).GroupBy(OfFile).SelectMany(g => ToldFlows.Of([.. g], namesLines: false, isBetter: (a, b) => a.Sureness.IsMoreThan(b.Sureness)));
        var joined = told.Where(l => !IsOncePerFile(l) && IsJoined(l.Flow)).GroupBy(OfFile).SelectMany(g => ToldFlows.Of([.. g.OrderBy(l => l.Flow.Site.At)], namesLines: true));
        var rest = told.Where(l => !IsOncePerFile(l) && !IsJoined(l.Flow)).ToLookup(l => apis.Weaknesses[l.Flow.Weakness].Id == "path" && l.Flow.Way is not null);
        return slight.Concat(joined).Concat(rest[false].Select(l => new ToldFlows([l], NamesLines: false))).Concat(SamePaths.Merge(rest[true]));
    }

    /// <summary>A key and the cipher it is for, or both halves of a trust in everybody.</summary>
    private bool IsJoined(FoundFlow flow) => apis.Weaknesses[flow.Weakness].Joins && flow.Way is null;

    /// <summary>Several dangerous calls in one line are mended together.</summary>
    private static ToldFlow One(List<ToldFlow> line)
    {
        var told = line.Aggregate((a, b) => b.Severity == a.Severity ? b.Sureness.IsMoreThan(a.Sureness) ? b : a : b.Severity > a.Severity ? b : a);
        return told with { Flow = told.Flow with { Beginnings = [.. line.SelectMany(l => l.Flow.Beginnings).DistinctBy(b => b.Place)] } };
    }

    private CodeDefect Defect(ToldFlow told, DefectFingerprints prints)
    {
        var (flow, cleaned) = (told.Flow, told.Cleaned);
        var weakness = apis.Weaknesses[flow.Weakness];
        var isSecret = weakness.Class == WeaknessClass.Credential;
        var steps = Steps(flow.Way, isSecret);
        var (isTest, isBuilding) = (TestCode.IsTest(flow.Site.File), TestCode.IsBuilding(flow.Site.File));
        var (isSlight, isIdle) = (IsSlight(flow), IsIdle(flow));
        var code = FlowTexts.Masked(texts.Line(flow.Site), isSecret);
        var others = Others(flow, isSecret);
        return new CodeDefect
        {
            RuleId = weakness.Rule,
            Title = weakness.Title,
            Cwe = weakness.Cwe,
            Severity = told.Severity,
            Confidence = told.Sureness.Confidence,
            IsForPeople = told.Sureness.IsForPeople,
            Doubt = told.Sureness.Confidence == CodeConfidence.High ? null : FlowDoubtWords.Of(flow, weakness, told.Harmless),
            File = flow.Site.File,
            Line = texts.LineOf(flow.Site),
            Message = (steps.Count > 0 ? $"{weakness.Title}：从 {steps[0].File} 第 {steps[0].Line} 行的{steps[0].Message}到这里，共 {steps.Count} 步。" : $"{weakness.Title}。")
                + (isSlight ? "（这里只看文件在不在、多大，没有看到打开。）" : "")
                + Bracketed(isIdle ? weakness.Elsewhere : null)
                + (isBuilding ? "（属于构建工具，不进入运行的系统。）" : "")
                + Bracketed(steps.Count > 0 ? FlowTexts.Doubt(flow.Trust, weakness) : null)
                + Bracketed(told.Harmless)
                + (flow.IsDoubted ? $"（{FlowDoubtWords.OfChecks}，由人确认。）" : "")
                + (others is null ? "" : $"另有 {others.Count} 个入口也通到这里，在这里改一处即可。")
                + (cleaned is null ? "" : $"按项目声明，经过 {cleaned.Replace($"{DeclaredCleaning.Between}", " 或 ", StringComparison.Ordinal)} 的值视为已净化；没有这条声明，这条路径就是缺陷，声明对不对由人看。")
                + (isTest ? "（在测试代码里，多半不进入运行的系统，由人确认。）" : ""),
            Code = code,
            Remedy = weakness.Remedy,
            Engine = Engine,
            Fingerprint = prints.Next(weakness.Rule, flow.Site.File, code),
            Flow = steps,
            OtherEntries = others,
            DeclaredClean = cleaned?.Split(DeclaredCleaning.Between),
        };
    }

    private bool IsSlight(FoundFlow flow) => apis.Weaknesses[flow.Weakness].Id == "path" && flow.Way is not null && SamePaths.IsSlight(flow);

    /// <summary>No name says that it matters there.</summary>
    private bool IsIdle(FoundFlow flow) => apis.Weaknesses[flow.Weakness].MeansWhere is { } names && !names.IsSaid(around(flow.Site), texts.Line(flow.Site));

    private Severity SeverityOf(FoundFlow flow) => IsIdle(flow) ? Severity.Info : IsSlight(flow) ? Severity.Minor : apis.Weaknesses[flow.Weakness].Severity;

    private static string Bracketed(string? sentence) => sentence is null ? "" : $"（{sentence}）";

    private OtherEntries? Others(FoundFlow flow, bool isSecret)
    {
        var first = flow.Way;
        while (first?.Before is { } before)
        {
            first = before;
        }

        var others = flow.Beginnings.Where(b => first is null || b.Place != first.Place).OrderBy(b => b.Place.File, StringComparer.Ordinal).ThenBy(b => b.Place.At).ToList();
        return others.Count == 0 ? null : new OtherEntries(others.Count, [.. others.Take(MostOthers).Select(o => Step(o, isSecret))]);
    }

    /// <summary>From the beginning; steps in one line are said once.</summary>
    private List<FlowStep> Steps(TaintStep? way, bool isSecret)
    {
        var steps = new List<FlowStep>();
        for (var step = way; step is not null; step = step.Before)
        {
            if (steps.Count > 0 && steps[^1] is var later && later.File == step.Place.File && later.Line == texts.LineOf(step.Place))
            {
                // Of a beginning the place it enters at is the piece to look at, of all others where it went on to.
                steps[^1] = later with { Message = $"{step.What}，{later.Message}", Code = step.Before is null && steps.Count > 1 ? texts.Code(step.Place, isSecret, NameOf(step)) : later.Code };
            }
            else
            {
                steps.Add(Step(step, isSecret));
            }
        }

        steps.Reverse();
        return steps;
    }

    private FlowStep Step(TaintStep step, bool isSecret) => new(step.Place.File, texts.LineOf(step.Place), step.What) { Code = texts.Code(step.Place, isSecret, NameOf(step)) };

    /// <summary>A parameter is declared from its annotations on; its name is what people look for.</summary>
    private static string? NameOf(TaintStep step) => step.Before is null ? step.Words.Name : null;
}
