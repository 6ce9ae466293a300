using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// What on a page may send a password otherwise than its forms say: scripts, frames, being sent on, and fields for text that stand in for
/// fields for passwords. Only what is known to do nothing of the kind is passed over.
/// </summary>
internal static partial class OtherWays
{
    private const int Limit = 2000;
    private const int Named = 3;

    /// <summary>Types of script elements that browsers do not run.</summary>
    private static readonly string[] Data = ["application/json", "application/ld+json", "text/html", "text/template", "text/x-template", "text/x-handlebars-template", "text/ng-template", "text/plain"];

    /// <summary>Types of fields into which nobody types a password that could be read.</summary>
    private static readonly string[] NoText = ["password", "hidden", "checkbox", "radio", "file", "submit", "image", "reset", "button", "range", "color", "date", "month", "week", "time", "datetime-local"];

    public static IEnumerable<string> On(IReadOnlyList<HtmlTag> tags)
    {
        var scripts = tags.Select(Script).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (scripts.Count > 0)
        {
            yield return $"页面有脚本（{string.Join('、', scripts.Take(Named))}{(scripts.Count > Named ? " 等" : "")}），可以改写表单的去处或另行发送口令";
        }

        foreach (var said in tags.Where(t => !t.IsEnd).Select(Other).OfType<string>().Distinct(StringComparer.Ordinal).Take(10))
        {
            yield return said;
        }
    }

    private static string? Script(HtmlTag tag)
    {
        if (tag is { Name: "script", IsEnd: false } && !Array.Exists(Data, d => string.Equals(d, tag["type"]?.Trim(), StringComparison.OrdinalIgnoreCase)))
        {
            return (tag["src"] ?? tag["href"] ?? tag["xlink:href"]) is { } from ? from.Split(['?', '#'])[0] is { Length: <= 80 } shown ? shown : "外部脚本" : "写在页面里的脚本";
        }

        if (tag.Attributes.Keys.FirstOrDefault(k => k.StartsWith("on", StringComparison.Ordinal) && k.Length is > 2 and < 40) is { } handler)
        {
            return $"{tag.Name} 的 {handler}";
        }

        return tag.Attributes.Any(a => a.Key is not ("action" or "formaction") && IsScript(a.Value)) ? $"{tag.Name} 的 javascript: 网址" : null;
    }

    /// <summary>Browsers pass over blanks and controls in addresses.</summary>
    private static bool IsScript(string value) =>
        value.Length > 10 && Blank().Replace(value, "") is var plain && plain.StartsWith("javascript", StringComparison.OrdinalIgnoreCase) && !Nothing().IsMatch(plain);

    private static string? Other(HtmlTag tag) => tag.Name switch
    {
        "iframe" or "frame" or "embed" or "object" or "applet" or "portal" or "fencedframe" when (tag["src"] ?? tag["data"]) is { Length: > 0 } and not "about:blank" || tag["srcdoc"] is not null =>
            $"页面嵌有 {tag.Name}，里面的登录框没有看",
        "meta" when string.Equals(tag["http-equiv"]?.Trim(), "refresh", StringComparison.OrdinalIgnoreCase) && tag["content"] is { } content && content.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or ' ')) =>
            "页面用 meta refresh 转到别处",
        "meta" when string.Equals(tag["http-equiv"]?.Trim(), "content-type", StringComparison.OrdinalIgnoreCase) && !PageCharacters.AreKnown(tag["content"]) => $"页面的字符编码没有判读（{tag["content"]}）",
        "meta" when tag["charset"] is { } charset && !PageCharacters.AreKnown($"charset={charset}") => $"页面的字符编码没有判读（{charset}）",
        "input" when !Array.Exists(NoText, n => string.Equals(n, tag["type"], StringComparison.OrdinalIgnoreCase)) && SoundsSecret(tag) => $"有像口令框的文本框（{tag["name"] ?? tag["id"] ?? "无名"}）",
        "textarea" when SoundsSecret(tag) => $"有像口令框的文本框（{tag["name"] ?? tag["id"] ?? "无名"}）",
        _ => null,
    };

    private static bool SoundsSecret(HtmlTag tag) => Array.Exists(["name", "id", "class", "placeholder", "autocomplete", "aria-label", "title", "style"], a => tag[a] is { } said && Secret().IsMatch(said));

    [GeneratedRegex(@"[\s\x00-\x20]|&(Tab|NewLine);", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Blank();

    [GeneratedRegex(@"^javascript:(void\(?0?\)?)?;?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Nothing();

    [GeneratedRegex("passw|pwd|text-security|口令|密码", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex Secret();
}
