using System.Globalization;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What <c>explain</c> says of a rule over source code, whatever table it stands in. A new kind of table is one more line in <see cref="Finders"/>.</summary>
/// <param name="Head">Number and title.</param>
/// <param name="Rows">Labels and texts.</param>
/// <param name="Examples">Code with a label before it, shown as it is written.</param>
internal sealed record CodeRuleExplanation(string Head, IReadOnlyList<(string Label, string Text)> Rows, IReadOnlyList<(string Label, string Code)> Examples)
{
    private const int MostNamed = 12;

    private static readonly Func<StandardLibrary, string, CodeRuleExplanation?>[] Finders = [OfFlow, OfSetting, OfPattern, OfSecret];

    /// <summary>Null where no table has a rule of that number.</summary>
    public static CodeRuleExplanation? Of(RulesetFolder folder, string? key) =>
        key is null ? null : Finders.Select(f => f(folder.Library, key)).FirstOrDefault(e => e is not null);

    private static CodeRuleExplanation? OfFlow(StandardLibrary library, string key)
    {
        var tables = library.Tables.Flows;
        var (table, weakness) = tables.SelectMany(t => t.Weaknesses.Select(w => (Table: t, Weakness: w))).FirstOrDefault(w => Is(w.Weakness.Rule, key) || Is(w.Weakness.Id, key));
        if (weakness is null)
        {
            return null;
        }

        var meaning = tables.SelectMany(t => t.Meanings).FirstOrDefault(m => m.Weakness == weakness.Id);
        var methods = tables.SelectMany(t => t.Types).SelectMany(t => t.Methods.Select(m => (Type: t, Method: m))).ToList();
        var sinks = methods.Where(m => m.Method.Sink == weakness.Id || (weakness.Rides is { } other && m.Method.Sink == other)).ToList();
        var follows = sinks.Count == 0 || sinks.Exists(m => !m.Method.Always && m.Method.Matches is null && m.Method.Acts?.StartsWith("part-required", StringComparison.Ordinal) != true);
        var cleaning = methods.Where(m => Names(m.Method.Cleans, weakness.Id)).ToList();
        var guarding = methods.Where(m => Names(m.Method.Guards, weakness.Id) || Names(m.Method.GuardsNot, weakness.Id)).ToList();
        List<(string, string)> rows =
        [
            ("含义", meaning?.Says ?? OfClass(weakness.Class)),
            .. Standing(library, weakness.Severity, weakness.Cwe),
            ("认法", follows ? $"沿着代码一步一步跟{(weakness.IsClosed ? "下列来源的值（别处来的不算）" : "外部输入")}，跨方法、跨文件，看它有没有不经净化就到了危险的地方；给出全部步骤" : "看危险的写法本身，不必有外部输入流到它"),
        ];
        if (follows)
        {
            rows.Add(("来源", Sources(tables, weakness)));
        }

        rows.Add(("危险处", sinks.Count == 0 ? "由引擎按代码的形状认出，见反例" : Some(Calls(sinks))));
        if (follows)
        {
            rows.Add(("净化", Some(Calls(cleaning).Concat(Calls(guarding).Select(c => $"{c}（作判断）")).Append("转成数字、日期、枚举").Append("与常量相等的判断"))));
        }

        rows.Add(("修复", weakness.Remedy));
        rows.Add(("局限", string.Join('；', new[] { meaning?.Limits?.TrimEnd('。'), "没有报告不等于没有：不认识的库、反射、其他语言里路径可能断开", "报告的逐条由熟悉代码的人确认；确认不是缺陷的写抑制（理由、复核人、到期日）" }.OfType<string>()) + "。"));
        rows.Add(("出处", $"rulesets/{table.File.File}"));
        return new CodeRuleExplanation($"{weakness.Rule}  {weakness.Title}", rows, [("反例", weakness.Bad is [var bad, ..] ? bad : ""), ("正例", weakness.Good is [var good, ..] ? good : "")]);
    }

    /// <summary>What can lead to it, most easily chosen first, as the engine has it.</summary>
    private static string Sources(IReadOnlyList<FlowTable> tables, FlowWeakness weakness)
    {
        bool Leads(FlowMethod method) => Names(method.Also, weakness.Id) || (method.Only.Count > 0 ? Names(method.Only, weakness.Id) : !weakness.IsClosed);
        var told = tables.SelectMany(t => t.Types).SelectMany(t => t.Methods).Where(m => m.Source is not null && Leads(m)).Select(m => (Kind: m.Source!, m.Trust))
            .Concat(weakness.IsClosed ? [] : tables.SelectMany(t => t.Entries.Select(e => (e.Kind, e.Trust)).Concat(t.Answers.Select(a => (a.Kind, a.Trust)))))
            .Where(s => s.Trust >= weakness.From).OrderByDescending(s => s.Trust).Select(s => s.Kind).ToList();
        return told.Count == 0 ? "由引擎直接认出，见反例" : $"{Some(told)}{(weakness.IsClosed ? "" : "（项目可以在 candidate.yaml 的 flows 里加）")}";
    }

    private static CodeRuleExplanation? OfSetting(StandardLibrary library, string key)
    {
        var (table, rule) = library.Tables.Settings.SelectMany(t => t.Rules.Select(r => (Table: t, Rule: r))).FirstOrDefault(r => Is(r.Rule.Id, key));
        return rule is null ? null : new CodeRuleExplanation($"{rule.Id}  {rule.Title}",
        [
            ("含义", rule.Message),
            .. Standing(library, rule.Severity, rule.Cwe),
            ("认法", "看配置文件和配置代码写了什么、旁边还写了什么，以及它在哪个环境里生效"),
            ("修复", rule.Remedy),
            ("局限", "部署时另外给的配置（环境变量、配置中心、启动参数）看不到，以实际运行的为准；没有报告不等于没有。"),
            ("出处", $"rulesets/{table.File.File}"),
        ],
        [("反例", rule.Bad is [var bad, ..] ? bad.Text : ""), ("正例", rule.Good is [var good, ..] ? good.Text : "")]);
    }

    private static CodeRuleExplanation? OfPattern(StandardLibrary library, string key)
    {
        var (table, rule) = library.Tables.Patterns.SelectMany(t => t.Rules.Select(r => (Table: t, Rule: r))).FirstOrDefault(r => Is(r.Rule.Id, key));
        if (rule is null)
        {
            return null;
        }

        List<(string, string)> rows = [("含义", rule.Defect?.Message ?? "不是缺陷，记入代码里的密码清单"), .. rule.Defect is { } defect ? Standing(library, defect.Severity, defect.Cwe) : []];
        rows.Add(("认法", $"看代码的写法（语言：{string.Join("、", rule.Languages)}）{(rule.Patterns.Count > 0 ? $"：{Some(rule.Patterns.Select(p => p.Trim().ReplaceLineEndings(" ")))}" : "")}"));
        if (rule.Defect is { } mended)
        {
            rows.Add(("修复", mended.Remedy));
        }

        rows.Add(("局限", "只看写法，不知道值从哪里来、用来做什么；没有报告不等于没有。"));
        rows.Add(("出处", $"rulesets/{table.File.File}"));
        return new CodeRuleExplanation($"{rule.Id}  {rule.Title}", rows, [("反例", rule.Bad is [var bad, ..] ? bad.Code : ""), ("正例", rule.Good is [var good, ..] ? good.Code : "")]);
    }

    /// <summary>Examples of secrets are not shown: they would look like real ones.</summary>
    private static CodeRuleExplanation? OfSecret(StandardLibrary library, string key)
    {
        var (table, pattern) = library.Tables.Secrets.SelectMany(t => t.Patterns.Select(p => (Table: t, Pattern: p))).FirstOrDefault(p => Is(p.Pattern.Id, key));
        return pattern is null ? null : new CodeRuleExplanation($"{pattern.Id}  {pattern.Title}",
        [
            ("含义", "密钥或口令写在源代码、配置里：看得到代码的人都能用它，代码流出即失守。"),
            .. Standing(library, pattern.Severity, pattern.Cwe),
            ("认法", $"逐行找带有 {Some(pattern.Keywords)} 的值，再看长度、杂乱程度和是不是占位的词"),
            ("修复", pattern.Remedy),
            ("局限", "认不出改了写法的值；样例与占位的词不算。"),
            ("出处", $"rulesets/{table.File.File}"),
        ], []);
    }

    private static IEnumerable<(string, string)> Standing(StandardLibrary library, Severity severity, int? cwe)
    {
        if (cwe is { } number)
        {
            var heading = library.DefectClasses.SelectMany(t => t.Classes).FirstOrDefault(c => c.Weaknesses.Contains(number));
            yield return ("编号", string.Create(CultureInfo.InvariantCulture, $"CWE-{number}"));
            yield return ("类别", heading is null ? "未归类" : $"{heading.Name}（GB/T 34944-2017 的缺陷类别，按含义归入，待核）");
        }

        yield return ("等级", $"{DefectLevels.Four(severity)}（{severity.Name()}）：{DefectLevels.Meaning(severity)}");
    }

    private static string OfClass(WeaknessClass kind) => kind switch
    {
        WeaknessClass.Injection => "外面的人送来的文字被当作命令、语句或页面的一部分，他因此能做本来不许做的事。",
        WeaknessClass.Deserialization => "外面的人送来的数据在还原时可能执行程序或读出服务器上的文件。",
        WeaknessClass.File => "外面的人可能读写服务器上不该碰的文件。",
        WeaknessClass.Credential => "口令或密钥可能被看到代码的人取用。",
        WeaknessClass.Crypto => "密码保护达不到应有的强度，数据可能被还原、伪造或猜中。",
        WeaknessClass.Transport => "传输中的数据可能被截取或篡改。",
        WeaknessClass.Web => "网页一侧的防护被削弱，登录者可能被冒用。",
        _ => "程序的防护被削弱，单独或与别的缺陷一起可能被利用。",
    };

    private static IEnumerable<string> Calls(IEnumerable<(FlowType Type, FlowMethod Method)> methods) =>
        methods.SelectMany(m => m.Method.Names.Select(n => n == "new" ? $"new {Last(m.Type.Name)}" : $"{Last(m.Type.Name)}.{n}"));

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    private static bool Names(IReadOnlyList<string> words, string id) => words.Contains(id, StringComparer.Ordinal) || words.Contains("*", StringComparer.Ordinal);

    private static bool Is(string id, string key) => string.Equals(id, key, StringComparison.OrdinalIgnoreCase);

    private static string Some(IEnumerable<string> all)
    {
        var list = all.Distinct(StringComparer.Ordinal).ToList();
        return string.Join("、", list.Take(MostNamed)) + (list.Count > MostNamed ? $" 等 {list.Count} 种" : "");
    }
}
