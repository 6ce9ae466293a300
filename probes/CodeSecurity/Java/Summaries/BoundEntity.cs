using System.Text.RegularExpressions;
using static SmartCity.SecurityCheck.Probes.CodeSecurity.DottedName;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What of an entity is not the client's to choose, and what a tree says that takes the harm from storing it as the client sent it.</summary>
/// <param name="program">Of the tree.</param>
/// <param name="type">The entity.</param>
internal sealed partial class BoundEntity(JavaProgram program, JavaDeclaredType type)
{
    private static readonly HashSet<string> Entities = new(StringComparer.Ordinal) { "Entity", "TableName", "Table", "Document" };

    /// <summary>Columns that give rights, money or standing; none where it is no entity.</summary>
    public IReadOnlyList<string> Grave { get; } = !type.Syntax.Annotations.Any(a => Entities.Contains(Last(a.Name))) ? [] :
    [
        .. type.Syntax.Members.OfType<JavaField>().Where(f => !f.Modifiers.HasFlag(JavaModifiers.Static) && !f.Modifiers.HasFlag(JavaModifiers.Transient) && !f.Annotations.Any(IsKept))
            .SelectMany(f => f.Variables).Select(v => v.Name).Where(n => (Deciding().IsMatch(n) && !IsItself(type, n)) || (Person().IsMatch(type.Syntax.Name) && Standing().IsMatch(n))),
    ];

    /// <param name="method">That a container calls.</param>
    /// <param name="parameter">Of the entity.</param>
    /// <param name="way">From there to where it is stored.</param>
    public StepDoubt DoubtOf(ProgramMethod method, JavaParameter parameter, TaintStep? way) =>
        (IsAdministered(method) ? StepDoubt.Administered : StepDoubt.None) | (IsOverwritten(method, parameter, way) ? StepDoubt.Overwritten : StepDoubt.None);

    /// <summary>Its address or package says that it is for administration, or what is stored is what only administrators edit; what people do for themselves is neither.</summary>
    private bool IsAdministered(ProgramMethod method)
    {
        var addresses = method.Syntax.Annotations.Concat(method.Owner.Syntax.Annotations).Where(a => Last(a.Name).EndsWith("Mapping", StringComparison.Ordinal) || Last(a.Name) is "Path").SelectMany(a => a.Elements).SelectMany(e => JavaWalk.All(e.Value)).OfType<JavaLiteral>().Select(l => l.Value).ToList();
        return !addresses.Append(method.Syntax.Name).Any(a => OwnAffairs().IsMatch(a) && !a.Contains("proxy", StringComparison.OrdinalIgnoreCase))
            && (OfRights().IsMatch(type.Syntax.Name) || addresses.Append(method.Owner.FullName.Replace('.', '/')).Any(a => Administration().IsMatch(a)));
    }

    /// <summary>On the way the program sets all of them itself, whatever was sent.</summary>
    private bool IsOverwritten(ProgramMethod method, JavaParameter parameter, TaintStep? way)
    {
        var set = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var step = way; step is not null; step = step.Before)
        {
            if (MethodAt(step.Place, method) is { Body: { } body } around)
            {
                var names = ReferenceEquals(around, method.Syntax) ? [parameter.Name] : around.Parameters.Where(p => p.Type is JavaNamedType named && named.Name == type.Syntax.Name).Select(p => p.Name).ToList();
                set.UnionWith(names is [var name] ? Set(body, name, step.Place.At, [.. around.Parameters.Select(p => p.Name)]) : []);
            }
        }

        return Grave.All(set.Contains);
    }

    private JavaMethod? MethodAt(CodePlace place, ProgramMethod entry)
    {
        if (entry.Owner.Path == place.File && entry.Syntax.Span.Has(place.At))
        {
            return entry.Syntax;
        }

        JavaNode? around = program.Files.FirstOrDefault(f => f.Path == place.File).Unit;
        for (var parts = new List<JavaNode>(); around is not null and not JavaMethod; parts.Clear())
        {
            JavaWalk.Parts(around, parts);
            around = parts.Find(p => p.Span.Has(place.At));
        }

        return around as JavaMethod;
    }

    /// <summary>Parts that are set in any case before a place, to what is neither theirs nor handed over.</summary>
    private static IEnumerable<string> Set(JavaBlock body, string variable, int before, IReadOnlyList<string> given) => Always(body).Where(e => e.Span.End <= before).SelectMany(Setters)
        .Where(s => s.Of == variable && !JavaWalk.All(s.Value).Any(n => n is JavaName { Name: var name } && given.Contains(name, StringComparer.Ordinal))).Select(s => s.Part);

    private static IEnumerable<JavaExpression> Always(JavaStatement statement) => statement switch
    {
        JavaBlock block => block.Statements.SelectMany(Always),
        JavaTry { Resources.Length: 0 } attempt => Always(attempt.Body),
        JavaSynchronized locked => Always(locked.Body),
        JavaExpressionStatement one => [one.Expression],
        _ => [],
    };

    private static IEnumerable<(string Of, string Part, JavaExpression Value)> Setters(JavaExpression expression)
    {
        if (expression is JavaAssignment { Target: JavaSelect { Target: JavaName { Name: var of }, Name: var part }, Operator: JavaOperator.None, Value: var value })
        {
            yield return (of, part, value);
        }

        var root = expression;
        while (root is JavaCall { Target: { } target })
        {
            root = target;
        }

        for (var call = expression as JavaCall; call is not null && root is JavaName; call = call.Target as JavaCall)
        {
            if (call is { Name: ['s', 'e', 't', .. { Length: > 0 } name], Arguments: [var given] })
            {
                yield return (((JavaName)root).Name, name, given);
            }
        }
    }

    /// <summary>The client cannot set it, or it is no column.</summary>
    private static bool IsKept(JavaAnnotation annotation) =>
        Last(annotation.Name) is "JsonIgnore" or "Transient" || (annotation.Elements.Any(e => e.Key == "mappedBy") && !annotation.Elements.Any(e => e.Key == "cascade")) || (Last(annotation.Name) is "JsonProperty" && annotation.Elements.Any(e => e.Value is JavaSelect { Name: "READ_ONLY" }))
        || (Last(annotation.Name) is "TableField" && annotation.Elements.Any(e => e is { Key: "exist", Value: JavaLiteral { Kind: JavaTokenKind.False } }));

    /// <summary>What a role is called, of an entity that is the role.</summary>
    private static bool IsItself(JavaDeclaredType type, string field) =>
        field is "role" or "roleName" or "roleId" && type.Syntax.Name.EndsWith("Role", StringComparison.OrdinalIgnoreCase) && !type.Syntax.Name.Contains("User", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^(is)?(super)?(admin|administrator|role|roles|roleId|roleIds|roleName|authorities|permissions|balance|credit|isAdmin)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Deciding();

    [GeneratedRegex("^(tenantId|enabled|locked|userType|verified|status)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Standing();

    [GeneratedRegex("user|account|member|person|admin", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Person();

    [GeneratedRegex("(Role|Menu|Permission|Authority)(Entity|DO|PO)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OfRights();

    [GeneratedRegex("(^|/)(sys|super)?(admin|administrator|manage|manager|management|backend|backstage|console)(/|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Administration();

    [GeneratedRegex("regist|sign-?up|profile|personal|self|(^|/|-)(my|own|mine|current|me)([A-Z/_-]|$)|(update|edit|modify|change|save)(My|Own|Current|Mine)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OwnAffairs();
}
