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
        var told = found.GroupBy(f => (f.Site.File, Line: texts.LineOf(f.Site), f.Weakness, Cleaned: cleanedBy?.Invoke(f))).Select(g => new ToldFlow(One([.. g]), g.Key.Cleaned)).ToList();
        var folds = Folds(told)
            .OrderBy(f => f.Lines[0].Flow.Site.File, StringComparer.Ordinal).ThenBy(f => texts.LineOf(f.Lines[0].Flow.Site))
            .ThenBy(f => apis.Weaknesses[f.Lines[0].Flow.Weakness].Rule, StringComparer.Ordinal).ThenBy(f => f.Lines[0].Cleaned, StringComparer.Ordinal).ToList();

        // What is told has its name first, so that it hangs on no line behind it that is not.
        var prints = new DefectFingerprints();
        var heads = folds.ConvertAll(f => Defect(f.Lines[0], prints));
        return [.. folds.Select((f, i) => new DefectFold(f.NamesLines, [heads[i], .. f.Lines.Skip(1).Select(l => Defect(l, prints))]).Told())];
    }

    private IEnumerable<ToldFlows> Folds(List<ToldFlow> told)
    {
        bool IsPath(ToldFlow line) => apis.Weaknesses[line.Flow.Weakness].Id == "path" && line.Flow.Way is not null;
        var slight = told.Where(l => apis.Weaknesses[l.Flow.Weakness].OncePerFile).GroupBy(l => (l.Flow.Site.File, l.Flow.Weakness, l.Cleaned))
            .Select(g => new ToldFlows([.. BestFirst([.. g], (a, b) => Outweighs(a, b) is var more && (more > 0 || (more == 0 && FoundFlows.IsBetter(a, b, texts.LineOf))))], NamesLines: false));
        var rest = told.Where(l => !apis.Weaknesses[l.Flow.Weakness].OncePerFile && !IsJoined(l.Flow)).ToLookup(IsPath);
        var joined = told.Where(l => IsJoined(l.Flow)).GroupBy(l => (l.Flow.Site.File, l.Flow.Weakness, l.Cleaned)).Select(g => new ToldFlows([.. g.OrderByDescending(l => Confidence(l.Flow).Confidence).ThenBy(l => l.Flow.Site.At)], NamesLines: true));
        return slight.Concat(joined).Concat(rest[false].Select(l => new ToldFlows([l], NamesLines: false))).Concat(SamePaths.Merge(rest[true], s => BestFirst(s, (a, b) => Outweighs(a, b) > 0)));
    }

    /// <summary>What is grave and sure speaks for what is less, whatever order the others have.</summary>
    private static IEnumerable<ToldFlow> BestFirst(IReadOnlyList<ToldFlow> lines, Func<FoundFlow, FoundFlow, bool> isBetter)
    {
        var best = lines.Aggregate((a, b) => isBetter(b.Flow, a.Flow) ? b : a);
        return lines.Where(l => l != best).Prepend(best);
    }

    private int Outweighs(FoundFlow flow, FoundFlow than) => (SeverityOf(flow), Confidence(flow).Confidence).CompareTo((SeverityOf(than), Confidence(than).Confidence));

    /// <summary>A key and the cipher it is for, or both halves of a trust in everybody.</summary>
    private bool IsJoined(FoundFlow flow) => apis.Weaknesses[flow.Weakness].Joins && flow.Way is null;

    /// <summary>Several dangerous calls in one line are mended together.</summary>
    private FoundFlow One(List<FoundFlow> line)
    {
        var told = line.Aggregate((a, b) => SeverityOf(b) is var other && SeverityOf(a) is var one && (other == one ? FoundFlows.IsBetter(b, a, texts.LineOf) : other > one) ? b : a);
        return told with { Beginnings = [.. line.SelectMany(f => f.Beginnings).DistinctBy(b => b.Place)] };
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
        var (confidence, isForPeople) = Confidence(flow);
        return new CodeDefect
        {
            RuleId = weakness.Rule,
            Title = weakness.Title,
            Cwe = weakness.Cwe,
            Severity = SeverityOf(flow),
            Confidence = confidence,
            IsForPeople = isForPeople,
            Doubt = confidence == CodeConfidence.High ? null : FlowDoubtWords.Of(flow, weakness, facts),
            File = flow.Site.File,
            Line = texts.LineOf(flow.Site),
            Message = (steps.Count > 0 ? $"{weakness.Title}：从 {steps[0].File} 第 {steps[0].Line} 行的{steps[0].Message}到这里，共 {steps.Count} 步。" : $"{weakness.Title}。")
                + (isSlight ? "（这里只看文件在不在、多大，没有看到打开。）" : "")
                + Bracketed(isIdle ? weakness.Elsewhere : null)
                + (isBuilding ? "（属于构建工具，不进入运行的系统。）" : "")
                + Bracketed(steps.Count > 0 ? FlowTexts.Doubt(flow.Trust, weakness) : null)
                + Bracketed(FlowDoubtWords.Hardly(flow, weakness, facts))
                + (flow.IsDoubted ? "（路上有检查或过滤，没有读懂它挡得住什么，或者值的开头一段没有看到，由人确认。）" : "")
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

    private (CodeConfidence Confidence, bool IsForPeople) Confidence(FoundFlow flow)
    {
        var weakness = apis.Weaknesses[flow.Weakness];
        var isSuspected = weakness.IsUnsure || TestCode.IsTest(flow.Site.File) || TestCode.IsBuilding(flow.Site.File) || (flow.Way is not null && flow.Trust < weakness.Sure) || (flow.Beginnings.Count > 0 && flow.Beginnings.All(b => TestCode.IsTest(b.Place.File)));
        return isSuspected ? (CodeConfidence.Low, false)
            : flow.Way is null ? (weakness.Severity < Severity.Major ? (CodeConfidence.Low, false) : facts.Of(flow, weakness) is null ? (CodeConfidence.Medium, false) : (CodeConfidence.Low, true))
            : Sureness(flow, weakness);
    }

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

    /// <summary>High confidence is earned: where the value passed a check or a library nobody knows, or lay in a database, most of what readers looked at did not hold. One such doubt is for people to judge, of more it is suspected.</summary>
    private (CodeConfidence Confidence, bool IsForPeople) Sureness(FoundFlow flow, FlowWeakness weakness)
    {
        var doubt = FlowDoubt.Of(flow, texts.LineOf);
        var unsure = doubt.Unsure + (FlowDoubtWords.Hardly(flow, weakness, facts) is null ? 0 : 1);
        return (doubt.IsGuess, unsure, flow.Trust) switch
        {
            (false, 0, FlowTrust.Remote) => (CodeConfidence.High, false),
            (false, 1, FlowTrust.Remote) or (false, 0, FlowTrust.Stored) => (CodeConfidence.Low, true),
            _ => (CodeConfidence.Low, false),
        };
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
