using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Writes broken rules of configuration as defects, one for each rule and line.</summary>
internal sealed class SettingDefects(FlowTexts texts)
{
    public const string Engine = "Java 配置检查";

    /// <summary>Weaknesses whose value is a password, a token or a key, or says what one is like.</summary>
    private static readonly HashSet<int> Credentials = [256, 257, 258, 259, 260, 312, 321, 521, 522, 526, 798, 1391, 1392, 1393, 1394];

    public List<CodeDefect> Of(IEnumerable<FoundSetting> found)
    {
        var (defects, prints) = (new List<CodeDefect>(), new DefectFingerprints());
        foreach (var one in found.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Rule.Id, StringComparer.Ordinal).DistinctBy(f => (f.File, f.Line, f.Rule.Id)))
        {
            var code = Shown(one, texts.Line(one.File, one.Line));
            defects.Add(new CodeDefect
            {
                RuleId = one.Rule.Id,
                Title = one.Rule.Title,
                Cwe = one.Rule.Cwe,
                Severity = one.Rule.Severity,
                Confidence = ConfidenceOf(one),
                Doubt = ConfidenceOf(one) == CodeConfidence.High ? null : DoubtOf(one),
                File = one.File,
                Line = one.Line,
                Message = one.Rule.Message + Where(one),
                Code = code,
                Remedy = one.Rule.Remedy,
                Engine = Engine,
                Fingerprint = prints.Next(one.Rule.Id, one.File, code),
            });
        }

        return defects;
    }

    private static string Shown(FoundSetting found, string line)
    {
        var isSecret = Credentials.Contains(found.Rule.Cwe) || (found.Key is { } key && SecretMask.IsSecret(key));
        return found.Rule.Reads == SettingSource.Java ? SecretMask.Show(line, isSecret) : SecretMask.ShowSetting(line, isSecret);
    }

    private static CodeConfidence ConfidenceOf(FoundSetting found)
    {
        var own = found.Rule.Confidence switch { PatternConfidence.High => CodeConfidence.High, PatternConfidence.Medium => CodeConfidence.Medium, _ => CodeConfidence.Low };
        own = (found.IsConditional || found.IsDoubted) && own > CodeConfidence.Low ? own - 1 : own;
        return TestCode.IsTest(found.File) || found.Standing == ProfileStanding.Development ? CodeConfidence.Low
            : found.Standing == ProfileStanding.Unknown && own == CodeConfidence.High ? CodeConfidence.Medium : own;
    }

    private static string? DoubtOf(FoundSetting found)
    {
        string?[] all =
        [
            TestCode.IsTest(found.File) ? "在测试代码里" : null,
            found.Standing == ProfileStanding.Development ? "是开发、测试环境的设置" : found.Standing == ProfileStanding.Unknown ? "上线时用不用这个环境不知道" : null,
            found.IsConditional ? "只在某个条件下才走到" : null,
            found.IsDoubted ? "也许在安全框架的登录后面" : null,
            found.Rule.Confidence == PatternConfidence.High ? null : "有没有害要看代码以外的情况",
        ];
        return string.Join("；", all.OfType<string>()) is { Length: > 0 } said ? said : null;
    }

    private static string Where(FoundSetting found)
    {
        var repository = found.Rule.Reads == SettingSource.Java ? "" : "按仓库里的设置判断，部署时可能另有覆盖。";
        var profile = found.Profile is not { } name ? "" : found.Standing switch
        {
            ProfileStanding.Development => $"这是 {Short(name)} 环境的设置，多半不用于上线的系统，由人确认。",
            ProfileStanding.Unknown => $"这是 {Short(name)} 环境的设置，上线时用不用由人确认。",
            _ => $"这是 {Short(name)} 环境的设置。",
        };
        return repository + profile + (found.IsConditional ? "只在某个条件下才走到这里，由人核对这个条件。" : "") + (found.IsDoubted ? "代码里用了安全框架，这里是否在它的登录后面由人核对。" : "") + (found.IsFallback ? "值取自占位符的缺省值。" : "") + (TestCode.IsTest(found.File) ? "（在测试代码里，多半不进入运行的系统，由人确认。）" : "");
    }

    private static string Short(string name) => name.Length > 40 ? name[..40] : name;
}
