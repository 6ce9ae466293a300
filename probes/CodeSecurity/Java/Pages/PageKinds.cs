namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a page is written in.</summary>
internal enum PageKind : byte
{
    None,
    Jsp,
    Thymeleaf,
    FreeMarker,
    Velocity,
    Mustache,
}

/// <summary>Which files are pages a server fills in.</summary>
internal static class PageKinds
{
    private static readonly string[] Folders = ["/templates/", "/WEB-INF/", "/views/", "/view/", "/resources/", "/webapp/", "/pages/"];
    private static readonly string[] ThymeleafSigns = ["th:", "data-th-", "[(${", "[[${"];

    /// <summary>By the name alone; pages of Thymeleaf are told from others by what stands in them.</summary>
    public static PageKind Of(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot < 0 ? PageKind.None : path[(dot + 1)..].ToLowerInvariant() switch
        {
            "jsp" or "jspx" or "jspf" or "tag" or "tagx" or "jspa" => PageKind.Jsp,
            "ftl" or "ftlh" or "ftlx" => PageKind.FreeMarker,
            "vm" or "vtl" => PageKind.Velocity,
            "hbs" or "mustache" => PageKind.Mustache,
            "html" or "htm" or "xhtml" when Array.Exists(Folders, f => ("/" + path).Contains(f, StringComparison.OrdinalIgnoreCase)) => PageKind.Thymeleaf,
            _ => PageKind.None,
        };
    }

    /// <summary>Whether a server fills it in at all.</summary>
    public static bool Is(PageKind kind, string text) => kind != PageKind.Thymeleaf || Array.Exists(ThymeleafSigns, s => text.Contains(s, StringComparison.Ordinal));
}
