namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What an expression of a page comes to in Java.</summary>
/// <param name="Java">An expression.</param>
/// <param name="Parts">Call by which its parts are had, where it is no plain value: <c>request.getParameter</c>; null otherwise.</param>
internal readonly record struct PageValue(string Java, string? Parts = null)
{
    /// <summary>Parts of it are getters of the request.</summary>
    public const string Getters = "get";

    /// <summary>Methods of it are functions of what they are given.</summary>
    public const string Tool = "tool";

    /// <summary>The context of a page, which has a request.</summary>
    public const string Context = "context";

    public static PageValue Nothing { get; } = new($"{TranslatedPage.Values}.nothing()");

    public static PageValue Truth { get; } = new($"{TranslatedPage.Values}.truth()");
}

/// <summary>How expressions of one kind of page read.</summary>
/// <param name="kind">Of the page.</param>
/// <param name="variables">Names the page itself gives, by the variable that holds them.</param>
internal sealed class PageDialect(PageKind kind, IReadOnlyDictionary<string, string> variables)
{
    public PageKind Kind => kind;

    public PageValue Root(string name)
    {
        if (variables.TryGetValue(name, out var own))
        {
            return new PageValue(own);
        }

        return kind switch
        {
            PageKind.Jsp => OfJsp(name),
            PageKind.Thymeleaf => OfThymeleaf(name),
            PageKind.FreeMarker => OfFreeMarker(name),
            PageKind.Velocity => OfVelocity(name),
            _ => Attribute(name),
        };
    }

    private static PageValue OfJsp(string name) => name switch
    {
        "param" => new PageValue("request.getParameterMap()", "request.getParameter"),
        "paramValues" => new PageValue("request.getParameterMap()", "request.getParameterValues"),
        "header" or "headerValues" => new PageValue("request.getHeaderNames()", "request.getHeader"),
        "cookie" => new PageValue("request.getCookies()", $"{TranslatedPage.Values}.cookie"),
        "requestScope" or "pageScope" => new PageValue("request", "request.getAttribute"),
        "sessionScope" or "applicationScope" or "initParam" => new PageValue($"{TranslatedPage.Values}.nothing()", $"{TranslatedPage.Values}.nothing"),
        "pageContext" => new PageValue($"{TranslatedPage.Values}.nothing()", PageValue.Context),
        _ => Attribute(name),
    };

    private static PageValue OfThymeleaf(string name) => name switch
    {
        "param" => new PageValue("request.getParameterMap()", "request.getParameter"),
        "session" or "application" or "#session" or "#servletContext" or "#locale" => new PageValue($"{TranslatedPage.Values}.nothing()", $"{TranslatedPage.Values}.nothing"),
        "#request" or "#httpServletRequest" => new PageValue("request", PageValue.Getters),
        "#vars" or "#root" or "#ctx" => new PageValue("request", "request.getAttribute"),
        _ => name.StartsWith('#') ? new PageValue($"{TranslatedPage.Values}.nothing()", PageValue.Tool) : Attribute(name),
    };

    private static PageValue OfFreeMarker(string name) => name switch
    {
        "RequestParameters" => new PageValue("request.getParameterMap()", "request.getParameter"),
        "Request" => new PageValue("request", "request.getAttribute"),
        "request" => new PageValue("request", PageValue.Getters),
        "Session" or "Application" or "session" or "springMacroRequestContext" => new PageValue($"{TranslatedPage.Values}.nothing()", $"{TranslatedPage.Values}.nothing"),
        _ => Attribute(name),
    };

    private static PageValue OfVelocity(string name) => name switch
    {
        "request" or "req" => new PageValue("request", PageValue.Getters),
        "params" or "param" => new PageValue("request.getParameterMap()", "request.getParameter"),
        "session" or "application" or "velocityCount" or "foreach" => new PageValue($"{TranslatedPage.Values}.nothing()", $"{TranslatedPage.Values}.nothing"),
        "esc" or "escapeTool" or "StringEscapeUtils" or "date" or "dateTool" or "number" or "math" or "link" or "text" or "display" => new PageValue($"{TranslatedPage.Values}.nothing()", PageValue.Tool),
        _ => Attribute(name),
    };

    private static PageValue Attribute(string name) => new($"request.getAttribute({JavaText(name)})");

    /// <summary>A text as Java writes it.</summary>
    public static string JavaText(string text)
    {
        var made = new System.Text.StringBuilder("\"");
        foreach (var sign in text)
        {
            made.Append(sign switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\r' => "\\r", _ => char.IsControl(sign) ? ' ' : sign });
        }

        return made.Append('"').ToString();
    }
}
