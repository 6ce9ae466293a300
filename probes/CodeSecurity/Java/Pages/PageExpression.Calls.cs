namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Parts, methods and functions.</summary>
internal sealed partial class PageExpression
{
    private PageValue Part(PageValue of, string name) => of.Parts switch
    {
        null => Made($"{TranslatedPage.Values}.part({of.Java}, {name})"),
        PageValue.Context => name == "\"request\"" ? new PageValue("request", PageValue.Getters) : PageValue.Nothing,
        PageValue.Getters when name.Length > 3 => Made($"request.get{char.ToUpperInvariant(name[1])}{name[2..^1]}()"),
        PageValue.Tool => of,
        _ => Made($"{of.Parts}({name})"),
    };

    private PageValue Call(PageValue of, string name, List<PageValue> arguments) => of.Parts switch
    {
        PageValue.Tool => Function(name, arguments),
        PageValue.Context when name == "getRequest" => new PageValue("request", PageValue.Getters),
        PageValue.Context => PageValue.Nothing,
        { } parts when parts != PageValue.Getters && name is "get" && arguments.Count == 1 => Made($"{parts}({arguments[0].Java})"),
        _ when IsCleaning(name) => Function(name, arguments.Count > 0 ? arguments : [of]),
        null when arguments.Count == 0 && name.Length > 3 && name.StartsWith("get", StringComparison.Ordinal) && name != "getClass" => Part(of, PageDialect.JavaText(char.ToLowerInvariant(name[3]) + name[4..])),
        _ => Made($"({of.Java}).{name}({string.Join(", ", arguments.Select(a => a.Java))})"),
    };

    private PageValue Function(string name, List<PageValue> arguments)
    {
        var all = arguments.Count == 0 ? PageValue.Nothing : arguments.Aggregate(Sum);
        return IsCleaning(name) ? Made($"{TranslatedPage.Values}.clean({all.Java})") : name is "length" or "contains" or "startsWith" or "indexOf" or "isEmpty" or "size" ? PageValue.Truth : all;
    }

    private static bool IsCleaning(string name) =>
        name.Contains("escape", StringComparison.OrdinalIgnoreCase) && !name.Contains("unescape", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("encode", StringComparison.OrdinalIgnoreCase) || name.StartsWith("forHtml", StringComparison.Ordinal) || name is "html" or "htmlEncode" or "cleanHtml" or "sanitize" or "javascript" or "url";

    private PageValue Sum(PageValue a, PageValue b) => Made($"({a.Java} + {b.Java})");

    private PageValue Both(PageValue a, PageValue b) => Made($"{TranslatedPage.Values}.either({a.Java}, {b.Java})");

    /// <summary>Expressions that name what came before twice would double with every step.</summary>
    private PageValue Made(string java)
    {
        _made = Math.Max(_made, java.Length);
        return java.Length > LongestMade ? PageValue.Nothing : new PageValue(java);
    }
}
