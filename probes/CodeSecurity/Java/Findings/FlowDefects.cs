using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Writes flows as defects, one for each weakness and line; of those that are many and slight one for each file.</summary>
internal sealed class FlowDefects(ApiIndex apis, FlowTexts texts)
{
    public const string Engine = "Java 数据流分析";

    private const int LineCap = 200;

    public List<CodeDefect> Of(IReadOnlyList<FoundFlow> found)
    {
        var (defects, prints) = (new List<CodeDefect>(), new DefectFingerprints());
        foreach (var (flow, others) in found.GroupBy(f => (f.Site.File, Line: apis.Weaknesses[f.Weakness].OncePerFile ? 0 : texts.LineOf(f.Site), f.Weakness))
            .Select(g => (Flow: g.MaxBy(f => f.Trust)!, Others: g.Key.Line == 0 ? g.Select(f => texts.LineOf(f.Site)).Distinct().Count() - 1 : 0))
            .OrderBy(f => f.Flow.Site.File, StringComparer.Ordinal).ThenBy(f => texts.LineOf(f.Flow.Site)).ThenBy(f => apis.Weaknesses[f.Flow.Weakness].Rule, StringComparer.Ordinal))
        {
            defects.Add(Defect(flow, others, prints));
        }

        return defects;
    }

    private CodeDefect Defect(FoundFlow flow, int others, DefectFingerprints prints)
    {
        var weakness = apis.Weaknesses[flow.Weakness];
        var steps = Steps(flow.Way);
        var isTest = TestCode.IsTest(flow.Site.File);
        var code = SecretMask.Show(texts.Line(flow.Site), weakness.Class == WeaknessClass.Credential);
        code = code.Length > LineCap ? code[..LineCap] : code;
        return new CodeDefect
        {
            RuleId = weakness.Rule,
            Title = weakness.Title,
            Cwe = weakness.Cwe,
            Severity = weakness.Severity,
            Confidence = isTest ? CodeConfidence.Low : steps.Count > 0 ? flow.Trust < weakness.Sure ? CodeConfidence.Low : Sureness(steps, flow.Trust) : weakness.Severity >= Severity.Major ? CodeConfidence.Medium : CodeConfidence.Low,
            File = flow.Site.File,
            Line = texts.LineOf(flow.Site),
            Message = (steps.Count > 0 ? $"{weakness.Title}：从 {steps[0].File} 第 {steps[0].Line} 行的{steps[0].Message}到这里，共 {steps.Count} 步。" : $"{weakness.Title}。")
                + (others > 0 ? $"（同一文件另有 {others} 行，不逐行列出。）" : "")
                + (steps.Count > 0 ? FlowTexts.Doubt(flow.Trust, weakness.Id) : "")
                + (isTest ? "（在测试代码里，多半不进入运行的系统，由人确认。）" : ""),
            Code = code,
            Remedy = weakness.Remedy,
            Engine = Engine,
            Fingerprint = prints.Next(weakness.Rule, flow.Site.File, code),
            Flow = steps,
        };
    }

    /// <summary>Where the value went through libraries nobody knows it is less sure that it came out; what lay in a database is a step less sure to be a stranger's, and what is the machine's own is not.</summary>
    private static CodeConfidence Sureness(List<FlowStep> steps, FlowTrust trust)
    {
        bool Says(FlowStep step, string words) => step.Message.Contains(words, StringComparison.Ordinal);
        return (steps.Exists(s => Says(s, MethodRun.Doubtful)), steps.Count(s => Says(s, MethodRun.UnknownLibrary) || Says(s, MethodRun.Depending)), trust) switch
        {
            (false, 0, FlowTrust.Remote) => CodeConfidence.High,
            (false, 1, FlowTrust.Remote) or (false, 0, FlowTrust.Stored) => CodeConfidence.Medium,
            _ => CodeConfidence.Low,
        };
    }

    /// <summary>From the beginning; steps in one line are said once.</summary>
    private List<FlowStep> Steps(TaintStep? way)
    {
        var steps = new List<FlowStep>();
        for (var step = way; step is not null; step = step.Before)
        {
            var line = texts.LineOf(step.Place);
            if (steps.Count > 0 && steps[^1] is var later && later.File == step.Place.File && later.Line == line)
            {
                steps[^1] = later with { Message = $"{step.What}，{later.Message}" };
            }
            else
            {
                steps.Add(new FlowStep(step.Place.File, line, step.What));
            }
        }

        steps.Reverse();
        return steps;
    }
}
