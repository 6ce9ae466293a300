using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using static SmartCity.SecurityCheck.Probes.CodeSecurity.DottedName;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What an entry point does with what it is given as a whole, and what it hands back.</summary>
internal sealed partial class EntryChecks(JavaProgram program, SummaryBook book, ProgramMethod method, MethodSummary summary)
{
    /// <summary>Stands in steps where only who was given a right calls.</summary>
    public const string Permitted = "调用者须有权限";

    private static readonly HashSet<string> Bodies = new(StringComparer.Ordinal) { "ResponseBody", "RestController", "RestControllerAdvice" };
    private static readonly HashSet<string> Pages = new(StringComparer.Ordinal) { "RequestMapping", "GetMapping", "PostMapping", "PutMapping", "DeleteMapping", "PatchMapping" };
    private static readonly HashSet<string> Permitting = new(StringComparer.Ordinal) { "PreAuthorize", "Secured", "RolesAllowed", "RequiresPermissions", "RequiresRoles", "SaCheckPermission", "SaCheckRole" };

    /// <summary>What it returns goes to the client as it is.</summary>
    public static bool Answers(ProgramMethod method)
    {
        var isHandler = method.Syntax.Annotations.Any(a => Last(a.Name) is "ExceptionHandler");
        return (isHandler || method.Syntax.Annotations.Any(a => Pages.Contains(Last(a.Name))))
            && (method.Syntax.Annotations.Concat(method.Owner.Syntax.Annotations).Any(a => Bodies.Contains(Last(a.Name))) || method.ReturnType == "org.springframework.http.ResponseEntity");
    }

    /// <summary>Texts of exceptions in the answer, told where the text is taken.</summary>
    public void Leaks()
    {
        var leak = program.Apis.BitOf("leak");
        if (leak < 0)
        {
            return;
        }

        var answered = IsForOperators() ? new StepWords("返回给管理员或安装者", StepDoubt.ToOperators)
            : Trial().IsMatch(method.Syntax.Name) ? new StepWords("返回给客户端，说的是调用者自己写的内容", StepDoubt.Told) : "返回给客户端";
        foreach (var mark in summary.Deep(summary.Return))
        {
            if (mark.Origin is ForeignOrigin origin && (origin.Leads >> leak & 1) != 0 && (mark.Cleaned >> leak & 1) == 0)
            {
                book.Tell(new FoundFlow(leak, origin.Place, TaintStep.Add(mark.Way, new CodePlace(method.Owner.Path, method.Syntax.NameSpan.Start), answered), origin.Trust));
            }
        }
    }

    /// <summary>A whole entity as the client sent it goes into the database, with fields that are not the client's to choose.</summary>
    /// <param name="entry">As which it is called.</param>
    public void Bound(CodeEntry entry)
    {
        var bind = program.Apis.BitOf("bind");
        foreach (var hit in bind < 0 ? [] : summary.Hits.Where(h => h.Weakness == bind && h.Origin is { Index: > 0, Path.Length: 0 } && book.Entries.IsForeign(method, entry, h.Origin)))
        {
            var parameter = method.Syntax.Parameters[hit.Origin.Index - 1];
            if (program.Find(method.ParameterTypes[hit.Origin.Index - 1]) is { } type && new BoundEntity(program, type) is { Grave.Count: > 0 } entity && !IsLimited())
            {
                var doubt = (IsPermitted() ? StepDoubt.Permitted : AsksRight() ? StepDoubt.Asked : StepDoubt.None) | entity.DoubtOf(method, parameter, hit.Way);
                book.Tell(new FoundFlow(bind, hit.Site, TaintStep.Concat(new TaintStep(new CodePlace(method.Owner.Path, parameter.Span.Start), new StepWords(ForeignOrigin.Say($"请求绑定到实体{(IsPermitted() ? $"，{Permitted}" : "")} {parameter.Name}", entry.Trust), doubt, parameter.Name), null), hit.Way), entry.Trust));
            }
        }
    }

    private bool IsPermitted() => method.Syntax.Annotations.Concat(method.Owner.Syntax.Annotations).Any(a => Permitting.Contains(Last(a.Name)));

    /// <summary>The method asks by itself whether the caller is an administrator or may; whether the answer keeps him from it nobody read.</summary>
    private bool AsksRight() => method.Syntax.Body is { } body && JavaWalk.All(body).OfType<JavaCall>().Any(c => Asking().IsMatch(c.Name));

    /// <summary>It asks for an administrator, or its class says that it is for one, or for who installs the program.</summary>
    private bool IsForOperators() =>
        (method.Syntax.Body is { } body && JavaWalk.All(body).OfType<JavaCall>().Any(c => OfAdministrators().IsMatch(c.Name)))
        || method.Syntax.Annotations.Concat(method.Owner.Syntax.Annotations).Any(a => Permitting.Contains(Last(a.Name)) && a.Elements.SelectMany(e => JavaWalk.All(e.Value)).OfType<JavaLiteral>().Any(l => l.Value.Contains("admin", StringComparison.OrdinalIgnoreCase)))
        || (OfOperators().IsMatch(method.Owner.Syntax.Name) && !OpenToAll().IsMatch(method.Owner.Syntax.Name + method.Syntax.Name));

    [GeneratedRegex("^(is(Super|Sys|System)?Admin(istrator)?|has(Any|All)?(Role|Authority|Permission|Permi|Right)s?|(is|check)(Permitted|Permission|Permissions|Role|Roles|Admin)|isPermitted(All|Any)?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asking();

    [GeneratedRegex("^(is|assert|check|require|ensure|must(Be)?)(Super|Sys|System)Admin(istrator)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OfAdministrators();

    [GeneratedRegex("^(Admin|SuperAdmin|Install|Installer|Setup)([A-Z0-9]|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OfOperators();

    /// <summary>Names of what tells people whether what they wrote themselves can be understood.</summary>
    [GeneratedRegex("^(verify|validate|check|test|try|preview)[A-Za-z]*(Formula|Expression|Script|Cron|Syntax|Regex|Template|Yaml|Yml)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Trial();

    [GeneratedRegex("Log[io]n|Sign|Auth|Register|Captcha|Password", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OpenToAll();

    private bool IsLimited() => JavaWalk.All(method.Owner.Syntax).OfType<JavaCall>().Any(c => c.Name is "setDisallowedFields" or "setAllowedFields");
}
