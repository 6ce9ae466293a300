using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the engines say, in the words of the tables; a number no table knows keeps its own title.</summary>
internal sealed class EngineWords
{
    private const int MessageCap = 300;

    private readonly Dictionary<string, EngineRule> _rules = new(StringComparer.Ordinal);

    public EngineWords(IReadOnlyList<EngineRuleTable> tables) => tables.SelectMany(t => t.Rules).ToList().ForEach(r => _rules.TryAdd(r.Id, r));

    /// <summary>Null where no table knows the number. Some scanners write a prefix before it, such as <c>csharpsquid:</c>.</summary>
    public EngineRule? Of(string id) => _rules.GetValueOrDefault(id[(id.LastIndexOf(':') + 1)..]);

    /// <summary>How grave and how sure what a number points at is; one that no table knows is of little weight.</summary>
    private (Severity Severity, CodeConfidence Confidence) WeightOf(string id) => _rules.GetValueOrDefault(id) is { } rule
        ? (rule.Severity, rule.Certainty switch { EngineCertainty.Firm => CodeConfidence.High, EngineCertainty.Likely => CodeConfidence.Medium, _ => CodeConfidence.Low })
        : (Severity.Minor, CodeConfidence.Low);

    /// <param name="found">As the engine says it.</param>
    /// <param name="line">The line of code.</param>
    public CodeDefect Defect(FoundDiagnostic found, string line)
    {
        var rule = _rules.GetValueOrDefault(found.Id);
        var (severity, confidence) = WeightOf(found.Id);
        var isSecret = rule is { Class: WeaknessClass.Credential };
        var title = rule?.Title ?? Bounded(found.Title, 100);
        var silenced = found.IsSilenced ? "源码中要求分析器不报此处。" : "";
        return new CodeDefect
        {
            RuleId = found.Id,
            Title = title,
            Cwe = rule?.Cwe,
            Severity = severity,
            Confidence = confidence,
            File = found.File,
            Line = found.Line,
            Message = isSecret ? $"{title}。{silenced}" : string.Create(CultureInfo.InvariantCulture, $"{title}。{silenced}{found.Id}：{Bounded(SecretMask.Show(found.Message, always: false), MessageCap)}"),
            Code = SecretMask.Show(line, isSecret),
            Remedy = rule?.Remedy ?? $"参见 {found.Engine} 对 {found.Id} 的说明。",
            Engine = $"{found.Engine}（{found.Id}）",
            Fingerprint = "",
            Flow = found.Steps,
        };
    }

    private static string Bounded(string text, int cap) => text.Length > cap ? text[..cap] : text;
}
