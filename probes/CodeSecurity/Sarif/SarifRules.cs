using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a run says of its rules, and which weakness stands behind one.</summary>
internal sealed partial class SarifRules
{
    private const int RuleCap = 100_000;
    private const int WeaknessNames = 200;

    private readonly List<JsonElement> _list = [];
    private readonly Dictionary<string, JsonElement> _byId = new(StringComparer.Ordinal);

    public SarifRules(JsonElement? tool)
    {
        foreach (var component in new[] { tool.Get("driver") }.Concat(tool.Items("extensions").Select(e => (JsonElement?)e)))
        {
            foreach (var rule in component.Items("rules").Take(RuleCap - _byId.Count))
            {
                if (component.Equals(tool.Get("driver")) || _list.Count == 0)
                {
                    _list.Add(rule);
                }

                if (rule.Text("id") is { } id)
                {
                    _byId.TryAdd(id, rule);
                }
            }
        }
    }

    public int Count => _byId.Count;

    /// <summary>By id, or by its place in the list of the driver.</summary>
    public JsonElement? Of(JsonElement result, out string id)
    {
        JsonElement? here = result;
        var named = result.Text("ruleId") ?? here.Get("rule").Text("id");
        var index = here.Integer("ruleIndex") ?? here.Get("rule").Integer("index");
        JsonElement? rule = named is not null && _byId.TryGetValue(named, out var byId) ? byId
            : index is { } at and >= 0 && at < _list.Count && (named is null || named.StartsWith(_list[at].Text("id") + "/", StringComparison.Ordinal)) ? _list[at]
            : null;
        id = named ?? rule.Text("id") ?? "?";
        return rule;
    }

    /// <summary>From the taxa of the result, the relationships and tags of the rule, and their properties; null where none names one.</summary>
    public static int? WeaknessOf(JsonElement result, JsonElement? rule)
    {
        JsonElement? here = result;
        var taxa = here.Items("taxa").Concat(rule.Items("relationships").Select(r => r.Get("target")).OfType<JsonElement>())
            .Where(t => t.Get("toolComponent").Text("name") is { } name && name.Contains("CWE", StringComparison.OrdinalIgnoreCase))
            .Select(t => "CWE-" + t.Text("id")?.Replace("CWE-", "", StringComparison.OrdinalIgnoreCase));
        var said = taxa.Concat(Named(here)).Concat(Named(rule)).Append(rule.Text("id")).OfType<string>().Take(WeaknessNames);
        return said.Where(s => s.Length < 200).Select(s => Weakness().Match(s)).Where(m => m.Success).Select(m => int.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture)).Where(n => n > 0).Select(n => (int?)n).FirstOrDefault();
    }

    private static IEnumerable<string> Named(JsonElement? element)
    {
        var properties = element.Get("properties");
        return properties.Items("tags").Concat(properties.Items("cwe")).Concat(properties.Items("CWE")).Select(t => t.AsText()).Append(properties.Text("cwe")).OfType<string>();
    }

    [GeneratedRegex(@"\bcwe[-_/: ]{0,2}0*(?<number>[0-9]{1,5})\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Weakness();
}
