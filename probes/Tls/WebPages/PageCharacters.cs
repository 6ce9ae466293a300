using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Encodings in which the characters of markup are what they look like, or which are undone.</summary>
internal static partial class PageCharacters
{
    private static readonly string[] Known = ["utf-8", "utf8", "gbk", "gb2312", "gb18030", "big5", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "utf-16", "utf-16le", "utf-16be"];

    /// <summary>No encoding named, or one of these.</summary>
    /// <param name="type">Content-Type, of the answer or of the page.</param>
    public static bool AreKnown(string? type) => Named(type) is not { } name || Array.Exists(Known, k => k == name);

    /// <summary>The encoding a type names, in lower case; null where it names none.</summary>
    /// <param name="type">As above.</param>
    public static string? Named(string? type) => Charset().Match(type ?? "") is { Success: true } said ? said.Groups["name"].Value.ToLowerInvariant() : null;

    /// <summary>Null where browsers read the answer as HTML; else why not, or what takes them elsewhere.</summary>
    public static string? Doubt(ResponseHead head)
    {
        var type = head.Value("Content-Type");
        return head.Value("Refresh") is not null ? "应答头 Refresh 把浏览器转到别处"
            : type is not null && !string.Equals(type.Split([';', ','])[0].Trim(), "text/html", StringComparison.OrdinalIgnoreCase) ? $"页面的类型是 {type}，浏览器怎样读没有判读"
            : AreKnown(type) ? null : $"页面的字符编码没有判读（{type}）";
    }

    [GeneratedRegex(@"charset\s*=\s*[""']?\s*(?<name>[^\s;,""']*)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Charset();
}
