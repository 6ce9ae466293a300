using static SmartCity.SecurityCheck.Probes.CodeSecurity.DottedName;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What Spring does with methods of controllers that hand views back.</summary>
internal static class Controllers
{
    private static readonly HashSet<string> Mappings = new(StringComparer.Ordinal) { "RequestMapping", "GetMapping", "PostMapping", "PutMapping", "DeleteMapping", "PatchMapping" };
    private static readonly HashSet<string> Bodies = new(StringComparer.Ordinal) { "ResponseBody", "RestController", "RestControllerAdvice", "FeignClient", "Path" };
    private static readonly string[] NoAttributes = ["java.", "javax.", "org.springframework."];

    /// <summary>What it returns is the name of a page, or holds one.</summary>
    public static bool ShowsViews(ProgramMethod method) =>
        method.ReturnType is "java.lang.String" or "org.springframework.web.servlet.ModelAndView" or "java.lang.Object"
        && ((method.Syntax.Annotations.Any(a => Mappings.Contains(Last(a.Name))) && !method.Syntax.Annotations.Concat(method.Owner.Syntax.Annotations).Any(a => Bodies.Contains(Last(a.Name))))
            || (method.ReturnType == "org.springframework.web.servlet.ModelAndView" && method.Syntax.Name is "handleRequest" or "handleRequestInternal"));

    /// <summary>Name under which a parameter stands in the model without anybody putting it there; null where it does not.</summary>
    public static string? AttributeOf(JavaParameter parameter, string? type)
    {
        var named = parameter.Annotations.FirstOrDefault(a => Last(a.Name) is "ModelAttribute" or "PathVariable");
        var own = named?.Elements.Where(e => e.Key is "value" or "name").Select(e => e.Value).OfType<JavaLiteral>().FirstOrDefault()?.Value;
        if (named is not null && Last(named.Name) == "PathVariable")
        {
            return own ?? parameter.Name;
        }

        if (type is null || (named is null && (!parameter.Annotations.IsEmpty || Array.Exists(NoAttributes, n => type.StartsWith(n, StringComparison.Ordinal)) || !type.Contains('.', StringComparison.Ordinal))))
        {
            return named is null ? null : own ?? parameter.Name;
        }

        var simple = Last(type);
        return own ?? char.ToLowerInvariant(simple[0]) + simple[1..];
    }

    /// <summary>Text that an expression begins with; null where it begins with something else.</summary>
    public static string? FirstText(JavaExpression? written) => written switch
    {
        JavaLiteral literal => literal.Value,
        JavaBinary binary => FirstText(binary.First),
        JavaSelect { Name: "REDIRECT_URL_PREFIX" } or JavaName { Name: "REDIRECT_URL_PREFIX" or "REDIRECT_PREFIX" or "REDIRECT" } => "redirect:",
        JavaSelect { Name: "FORWARD_URL_PREFIX" } or JavaName { Name: "FORWARD_URL_PREFIX" } => "forward:",
        JavaCall { Name: "format", Arguments: [var first, ..] } => FirstText(first)?.Split('%')[0],
        // Whatever joins texts leaves the first of them in front.
        JavaCall { Arguments: [var first, _, ..] } when FirstText(first) is { } text && (text.StartsWith("redirect:", StringComparison.Ordinal) || text.StartsWith("forward:", StringComparison.Ordinal)) => text,
        _ => null,
    };

    /// <summary>Text that the name of a view begins with, where it stands in an object; null where none does.</summary>
    public static string? FirstText(ProgramMethod method, JavaExpression written)
    {
        if (written is JavaName named && method.Syntax.Body is { } where && Given(where, named.Name) is { } text)
        {
            return text;
        }

        var all = written is JavaCreation creation ? [creation] : method.Syntax.Body is { } body ? JavaWalk.All(body) : [];
        return all.Select(n => n switch
        {
            JavaCreation { Type: JavaNamedType { Name: "ModelAndView" }, Arguments: [var name, ..] } => FirstText(name),
            JavaCall { Name: "setViewName", Arguments: [var name] } => FirstText(name),
            _ => null,
        }).FirstOrDefault(t => t is not null);
    }

    /// <summary>Text that a variable of a method begins with wherever it is given one.</summary>
    private static string? Given(JavaBlock body, string variable) => JavaWalk.All(body).Select(n => n switch
    {
        JavaVariable one when one.Name == variable => FirstText(one.Value),
        JavaAssignment { Target: JavaName target } one when target.Name == variable => FirstText(one.Value),
        _ => null,
    }).FirstOrDefault(t => t is { Length: > 0 });

    /// <summary>What follows an address that begins so decides which site it leads to.</summary>
    public static bool IsOpen(string address)
    {
        var host = address.IndexOf("//", StringComparison.Ordinal) is >= 0 and var slashes ? address[(slashes + 2)..] : null;
        return host is null ? address is "" or "/" : !host.Contains('/', StringComparison.Ordinal);
    }
}
