using System.Text.RegularExpressions;
using static SmartCity.SecurityCheck.Probes.CodeSecurity.DottedName;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which pages that print an exception are ever handed one: by code that names them, or by the container.</summary>
/// <param name="sources">Texts of the tree.</param>
/// <param name="program">Its types.</param>
internal sealed partial class PageFillings(JavaSources sources, JavaProgram program)
{
    private static readonly HashSet<string> Handlers = new(StringComparer.Ordinal)
        { "Controller", "RestController", "Path", "WebServlet", "Action", "RequestMapping", "GetMapping", "PostMapping", "PutMapping", "DeleteMapping", "PatchMapping", "WebFilter" };

    private static readonly HashSet<string> Advices = new(StringComparer.Ordinal) { "ControllerAdvice", "RestControllerAdvice" };
    private static readonly HashSet<string> Permitting = new(StringComparer.Ordinal) { "RequiresPermissions", "RequiresRoles", "RequiresAuthentication", "RequiresUser", "RequiresGuest", "PreAuthorize", "Secured", "RolesAllowed" };
    private static readonly HashSet<string> OfRights = new(StringComparer.Ordinal) { "UnauthorizedException", "UnauthenticatedException", "AuthorizationException", "AccessDeniedException" };

    private readonly Dictionary<string, bool> _handles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _asksRights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _fills = new(StringComparer.Ordinal);
    private readonly Lazy<List<Naming>> _namings = new(() => [.. NamingsOf(program)]);

    /// <summary>An exception may come to it; also where nobody can say.</summary>
    public bool Fills(string page)
    {
        if (!_fills.TryGetValue(page, out var fills))
        {
            _fills[page] = fills = !sources.Pages.TryGetValue(page, out var text) || Caught().IsMatch(text) || !IsShown(page) || IsOfContainer(page, text) || _namings.Value.Exists(n => HandsTo(n, page)) || IsResolved(page);
        }

        return fills;
    }

    /// <summary>It is filled in by itself; what others include they fill in.</summary>
    private bool IsShown(string page) => program.Views.Find(page, page).Any(p => p.Path == page);

    /// <summary>The container shows it where something throws, and it prints what was thrown.</summary>
    private bool IsOfContainer(string page, string text) => Implied().IsMatch(text) && Handles(ModuleOf(page))
        && (IsErrorPage().IsMatch(text) || Settings().Any(s => ModuleOf(s.Key) == ModuleOf(page) && s.Value.Contains("<error-page", StringComparison.Ordinal) && ErrorLocation().Matches(s.Value).Any(m => page.EndsWith(m.Groups["page"].Value.Trim(), StringComparison.OrdinalIgnoreCase))));

    /// <summary>A resolver of exceptions in settings names it.</summary>
    private bool IsResolved(string page)
    {
        var name = page[(page.LastIndexOf('/') + 1)..].Split('.')[0];
        return Settings().Any(s => s.Value.Contains("ExceptionResolver", StringComparison.Ordinal) && s.Value.Contains(name, StringComparison.Ordinal));
    }

    private IEnumerable<KeyValuePair<string, string>> Settings() => sources.Markup.Concat(sources.Settings).Where(s => !TestCode.IsTest(s.Key));

    private bool HandsTo(Naming naming, string page)
    {
        if (!program.Views.Find(naming.View, page).Any(p => p.Path == page))
        {
            return false;
        }

        var module = ModuleOf(page);
        return (ModuleOf(naming.Type.Path) == module || (Handles(module) && (naming.Type.Syntax.Annotations.Any(a => Advices.Contains(Last(a.Name))) || IsResolver(naming.Type) || IsAboveIn(module, naming.Type))))
            && (!naming.IsOfRights || AsksRights(module));
    }

    private bool IsResolver(JavaDeclaredType type) => program.NamesAbove(type).Any(n => n.EndsWith("HandlerExceptionResolver", StringComparison.Ordinal) || n.EndsWith("Interceptor", StringComparison.Ordinal) || n.EndsWith("Filter", StringComparison.Ordinal));

    private bool IsAboveIn(string module, JavaDeclaredType above) => TypesIn(module).Any(t => program.NamesAbove(t).Contains(above.FullName, StringComparer.Ordinal));

    private IEnumerable<JavaDeclaredType> TypesIn(string module) => program.Types.All.Where(t => JavaSources.IsJava(t.Path) && !TestCode.IsTest(t.Path) && ModuleOf(t.Path) == module);

    /// <summary>Something in it answers requests.</summary>
    private bool Handles(string module)
    {
        if (!_handles.TryGetValue(module, out var handles))
        {
            _handles[module] = handles = TypesIn(module).Any(t => t.Syntax.Annotations.Concat(t.Syntax.Members.SelectMany(m => m.Annotations)).Any(a => Handlers.Contains(Last(a.Name)))
                || program.NamesAbove(t).Any(n => n is "javax.servlet.http.HttpServlet" or "com.opensymphony.xwork2.ActionSupport" or "org.springframework.web.servlet.mvc.Controller"));
        }

        return handles;
    }

    /// <summary>Something in it asks for a right, so that what tells of a missing one is ever thrown.</summary>
    private bool AsksRights(string module)
    {
        if (!_asksRights.TryGetValue(module, out var asks))
        {
            _asksRights[module] = asks = TypesIn(module).Any(t => JavaWalk.All(t.Syntax).Any(n => n switch
            {
                JavaTypeDeclaration type => type.Annotations.Any(a => Permitting.Contains(Last(a.Name))),
                JavaMethod method => method.Annotations.Any(a => Permitting.Contains(Last(a.Name))),
                JavaCall { Name: "checkPermission" or "checkPermissions" or "checkRole" or "checkRoles" } => true,
                JavaCreation { Type: JavaNamedType made } => OfRights.Contains(made.Name),
                _ => false,
            }));
        }

        return asks;
    }

    /// <summary>Texts that may name a page, in code that has an exception at hand, or in fields that such code may read.</summary>
    private static IEnumerable<Naming> NamingsOf(JavaProgram program)
    {
        foreach (var type in program.Types.All.Where(t => JavaSources.IsJava(t.Path) && !TestCode.IsTest(t.Path)))
        {
            foreach (var member in type.Syntax.Members)
            {
                if (member is JavaField || (member is JavaMethod method && HasException(method)))
                {
                    foreach (var naming in Named(member, type, member is JavaMethod { } handler && IsOfRights(handler)))
                    {
                        yield return naming;
                    }
                }
            }
        }
    }

    private static IEnumerable<Naming> Named(JavaNode member, JavaDeclaredType type, bool isOfRights)
    {
        var narrowed = JavaWalk.All(member).OfType<JavaBranch>().Where(b => b.Condition is JavaInstanceOf { Pattern: JavaTypePattern { Type: JavaNamedType { Name: var name } } } && OfRights.Contains(name)).Select(b => b.Then.Span).ToList();
        return JavaWalk.All(member).OfType<JavaLiteral>().Where(l => l is { Kind: JavaTokenKind.StringLiteral, Value.Length: > 1 })
            .Select(l => new Naming(type, l.Value, isOfRights || narrowed.Exists(s => s.Has(l.Span.Start))));
    }

    private static bool HasException(JavaMethod method) =>
        method.Annotations.Any(a => Last(a.Name) == "ExceptionHandler") || method.Parameters.Any(p => p.Type is JavaNamedType type && IsException(type.Name)) || (method.Body is { } body && JavaWalk.All(body).Any(n => n is JavaCatch));

    /// <summary>It is only called where a right is missing.</summary>
    private static bool IsOfRights(JavaMethod method)
    {
        var given = method.Annotations.Where(a => Last(a.Name) == "ExceptionHandler").SelectMany(a => a.Elements).SelectMany(e => JavaWalk.All(e.Value)).OfType<JavaClassLiteral>().Select(c => c.Type).ToList();
        var meant = given.Count > 0 ? given : [.. method.Parameters.Select(p => p.Type).OfType<JavaNamedType>().Where(t => IsException(t.Name))];
        return meant.Count > 0 && meant.TrueForAll(t => t is JavaNamedType { Name: var name } && OfRights.Contains(name));
    }

    private static bool IsException(string name) => name.EndsWith("Exception", StringComparison.Ordinal) || name is "Throwable" or "Error";

    /// <summary>Folder of the program a file belongs to; nothing where the tree is one program.</summary>
    private static string ModuleOf(string path) => ModuleFolder().Match(path) is { Success: true } match ? path[..match.Index] : "";

    /// <param name="Type">Whose code it is.</param>
    /// <param name="View">Text that may be the name of a page.</param>
    /// <param name="IsOfRights">Only where a right is missing.</param>
    private sealed record Naming(JavaDeclaredType Type, string View, bool IsOfRights);

    [GeneratedRegex("(?:^|/)(?:src/main|src/java|src|WebContent|WebRoot|webapp)/", RegexOptions.NonBacktracking)]
    private static partial Regex ModuleFolder();

    [GeneratedRegex(@"\bcatch\s*\(", RegexOptions.NonBacktracking)]
    private static partial Regex Caught();

    [GeneratedRegex(@"isErrorPage\s*=\s*[""']true", RegexOptions.NonBacktracking)]
    private static partial Regex IsErrorPage();

    [GeneratedRegex(@"(?:^|[^\w.""'])exception\b|pageContext\.(?:exception|errorData)|servlet\.error\.exception", RegexOptions.NonBacktracking)]
    private static partial Regex Implied();

    [GeneratedRegex("<location>(?<page>[^<]+)</location>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorLocation();
}
