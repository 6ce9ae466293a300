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
    private static readonly HashSet<string> Entities = new(StringComparer.Ordinal) { "Entity", "TableName", "Table", "Document" };

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

        foreach (var mark in summary.Deep(summary.Return))
        {
            if (mark.Origin is ForeignOrigin origin && (origin.Leads >> leak & 1) != 0 && (mark.Cleaned >> leak & 1) == 0)
            {
                book.Tell(new FoundFlow(leak, origin.Place, TaintStep.Add(mark.Way, new CodePlace(method.Owner.Path, method.Syntax.NameSpan.Start), "返回给客户端"), origin.Trust));
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
            if (program.Find(method.ParameterTypes[hit.Origin.Index - 1]) is { } type && IsTelling(type) && !IsLimited())
            {
                book.Tell(new FoundFlow(bind, hit.Site, TaintStep.Concat(new TaintStep(new CodePlace(method.Owner.Path, parameter.Span.Start), new StepWords(ForeignOrigin.Say($"请求绑定到实体{(IsPermitted() ? $"，{Permitted}" : "")} {parameter.Name}", entry.Trust), IsPermitted() ? StepDoubt.Permitted : AsksRight() ? StepDoubt.Asked : StepDoubt.None, parameter.Name), null), hit.Way), entry.Trust));
            }
        }
    }

    private static bool IsTelling(JavaDeclaredType type) => type.Syntax.Annotations.Any(a => Entities.Contains(Last(a.Name)))
        && type.Syntax.Members.OfType<JavaField>().Any(f => !f.Modifiers.HasFlag(JavaModifiers.Static) && !f.Annotations.Any(IsKept) && f.Variables.Any(v => (Deciding().IsMatch(v.Name) && !IsItself(type, v.Name)) || (Person().IsMatch(type.Syntax.Name) && Standing().IsMatch(v.Name))));

    /// <summary>The client cannot set it.</summary>
    private static bool IsKept(JavaAnnotation annotation) =>
        Last(annotation.Name) is "JsonIgnore" or "Transient" || (annotation.Elements.Any(e => e.Key == "mappedBy") && !annotation.Elements.Any(e => e.Key == "cascade")) || (Last(annotation.Name) is "JsonProperty" && annotation.Elements.Any(e => e.Value is JavaSelect { Name: "READ_ONLY" }));

    /// <summary>What a role is called, of an entity that is the role.</summary>
    private static bool IsItself(JavaDeclaredType type, string field) =>
        field is "roleName" or "roleId" && type.Syntax.Name.EndsWith("Role", StringComparison.OrdinalIgnoreCase) && !type.Syntax.Name.Contains("User", StringComparison.OrdinalIgnoreCase);

    private bool IsPermitted() => method.Syntax.Annotations.Concat(method.Owner.Syntax.Annotations).Any(a => Permitting.Contains(Last(a.Name)));

    /// <summary>The method asks by itself whether the caller is an administrator or may; whether the answer keeps him from it nobody read.</summary>
    private bool AsksRight() => method.Syntax.Body is { } body && JavaWalk.All(body).OfType<JavaCall>().Any(c => Asking().IsMatch(c.Name));

    [GeneratedRegex("^(is(Super|Sys|System)?Admin(istrator)?|has(Any|All)?(Role|Authority|Permission|Permi|Right)s?|(is|check)(Permitted|Permission|Permissions|Role|Roles|Admin)|isPermitted(All|Any)?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asking();

    private bool IsLimited() => JavaWalk.All(method.Owner.Syntax).OfType<JavaCall>().Any(c => c.Name is "setDisallowedFields" or "setAllowedFields");

    [GeneratedRegex("^(is)?(super)?(admin|administrator|role|roles|roleId|roleIds|roleName|authorities|permissions|balance|credit|isAdmin)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Deciding();

    [GeneratedRegex("^(tenantId|enabled|locked|userType|verified)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Standing();

    [GeneratedRegex("user|account|member|person|admin", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Person();
}
