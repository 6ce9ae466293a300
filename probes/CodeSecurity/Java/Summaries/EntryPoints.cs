namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Methods that a container calls with foreign input.</summary>
internal static class EntryPoints
{
    private static readonly HashSet<string> Mappings = new(StringComparer.Ordinal)
    {
        "RequestMapping", "GetMapping", "PostMapping", "PutMapping", "DeleteMapping", "PatchMapping", "MessageMapping", "SubscribeMapping", "GET", "POST", "PUT", "DELETE", "PATCH",
        "KafkaListener", "RabbitListener", "JmsListener", "RocketMQMessageListener", "StreamListener", "OnMessage", "WebMethod", "PostExchange", "GetExchange", "Tool", "FunctionName",
    };

    /// <summary>What a container hands over of its own.</summary>
    private static readonly string[] Own =
        ["javax.servlet.", "org.springframework.ui.", "org.springframework.validation.", "org.springframework.web.servlet.mvc.support.", "javax.ws.rs.core.", "java.security.Principal", "org.springframework.security.", "org.springframework.web.context.", "org.springframework.http.server.", "org.springframework.web.util."];

    private static readonly HashSet<string> OwnAnnotations = new(StringComparer.Ordinal) { "Value", "SessionAttribute", "AuthenticationPrincipal", "Context", "RequestAttribute" };

    /// <returns>Kind of the source; null where no stranger calls the method.</returns>
    public static string? KindOf(ProgramMethod method)
    {
        if (method.Syntax.Annotations.Any(a => Mappings.Contains(Last(a.Name))))
        {
            return "请求参数";
        }

        return method is { IsStatic: true, Syntax: { Name: "main", Parameters.Length: 1 } } && method.ParameterTypes[0] == "java.lang.String[]" ? "命令行参数" : null;
    }

    /// <summary>Parameters that carry foreign input; numbers from 1.</summary>
    public static IEnumerable<int> Foreign(ProgramMethod method, ApiIndex apis)
    {
        for (var i = 0; i < method.Syntax.Parameters.Length; i++)
        {
            var type = method.ParameterTypes[i];
            if (!apis.IsInert(type) && (type is null || !Array.Exists(Own, o => type.StartsWith(o, StringComparison.Ordinal))) && !method.Syntax.Parameters[i].Annotations.Any(a => OwnAnnotations.Contains(Last(a.Name))))
            {
                yield return i + 1;
            }
        }
    }

    /// <summary>What a method returns is shown by a browser as it is.</summary>
    public static bool WritesPage(ProgramMethod method)
    {
        var isBody = method.Syntax.Annotations.Concat(method.Owner.Syntax.Annotations).Any(a => Last(a.Name) is "ResponseBody" or "RestController");
        return isBody && method.ReturnType == "java.lang.String"
            && !method.Syntax.Annotations.SelectMany(a => a.Elements).Any(e => e.Key == "produces" && JavaWalk.All(e.Value).Any(IsNoPage));
    }

    /// <summary>A kind of content that no browser shows as a page.</summary>
    private static bool IsNoPage(JavaNode kind)
    {
        var text = kind switch { JavaLiteral literal => literal.Value, JavaSelect select => select.Name, _ => string.Empty };
        return text.Contains("json", StringComparison.OrdinalIgnoreCase) || text.Contains("plain", StringComparison.OrdinalIgnoreCase);
    }

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];
}
