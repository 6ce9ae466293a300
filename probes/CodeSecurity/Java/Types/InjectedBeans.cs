using static SmartCity.SecurityCheck.Probes.CodeSecurity.DottedName;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which of several classes a container puts into a field: the one the field names, or whose bean has the field's name. One thread at a time.</summary>
internal sealed class InjectedBeans(JavaProgram program)
{
    private static readonly string[] Stereotypes = ["Component", "Service", "Repository", "Controller", "RestController", "Configuration", "Named", "ManagedBean", "DubboService"];
    private static readonly string[] Requests = ["Autowired", "Inject", "Resource"];

    private readonly Dictionary<string, Dictionary<string, JavaDeclaredType>?> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<ProgramField, string?> _fields = [];
    private HashSet<string>? _made;

    /// <param name="field">Of an object.</param>
    /// <param name="type">Full name of what it is declared as.</param>
    /// <returns>Full name of the class; null where only one comes into question, or it is not known which.</returns>
    public string? In(ProgramField field, string? type)
    {
        if (type is null || field.IsStatic || field.Variable.Value is not null || program.Assignments.IsAtHome(field))
        {
            return null;
        }

        if (!_fields.TryGetValue(field, out var found))
        {
            _fields[field] = found = Asked(field) is { } name && Named(type)?.GetValueOrDefault(name) is { } bean ? bean.FullName : null;
        }

        return found;
    }

    /// <summary>Name the container looks for; null where it puts nothing there.</summary>
    private static string? Asked(ProgramField field)
    {
        var annotations = field.Syntax.Annotations;
        if (annotations.IsDefaultOrEmpty)
        {
            // What code makes by itself gets what that code gives it.
            return field.IsFinal && field.Owner.Syntax.Annotations.Any(a => Last(a.Name) is "RequiredArgsConstructor" or "AllArgsConstructor") && field.Owner.Syntax.Annotations.Any(IsStereotype) ? field.Variable.Name : null;
        }

        var said = annotations.Select(a => (Annotation: a, Key: Last(a.Name) switch { "Qualifier" or "Named" => "value", "Resource" => "name", _ => null })).Where(a => a.Key is not null && Has(a.Annotation, a.Key)).ToList();
        return said.Count > 0 ? Text(said[0].Annotation, said[0].Key!)
            : annotations.Any(a => Requests.Contains(Last(a.Name), StringComparer.Ordinal)) ? field.Variable.Name : null;
    }

    /// <summary>Classes of a type a container makes, by the names of their beans; null where these do not decide.</summary>
    private Dictionary<string, JavaDeclaredType>? Named(string type)
    {
        if (!_named.TryGetValue(type, out var beans))
        {
            _named[type] = beans = Collect(type);
        }

        return beans;
    }

    private Dictionary<string, JavaDeclaredType>? Collect(string type)
    {
        if (program.Find(type) is not { } asked)
        {
            return null;
        }

        var beans = new Dictionary<string, JavaDeclaredType>(StringComparer.Ordinal);
        foreach (var one in program.Types.Inheritance.Descendants(type).Prepend(asked).Where(t => t.Syntax.Kind == JavaTypeKind.Class && !t.Syntax.Modifiers.HasFlag(JavaModifiers.Abstract)))
        {
            var annotations = one.Syntax.Annotations;
            if (annotations.Any(a => Last(a.Name) is "Primary" or "Qualifier"))
            {
                return null;
            }

            if (annotations.FirstOrDefault(IsStereotype) is { } made && ((Has(made, "value") && Text(made, "value") is null) || !beans.TryAdd(Text(made, "value") ?? Uncapitalized(one.Syntax.Name), one)))
            {
                return null;
            }
        }

        return beans.Count > 1 && !MakesOthers(type) ? beans : null;
    }

    /// <summary>A method of the tree makes one too, of whatever name and class.</summary>
    private bool MakesOthers(string type)
    {
        _made ??= [.. program.Types.All.SelectMany(t => t.Syntax.Members.OfType<JavaMethod>().Where(m => m.Annotations.Any(a => Last(a.Name) == "Bean")).Select(m => program.NameOf(m.Returns, t)).OfType<string>())];
        return _made.Contains(type) || program.Types.Inheritance.Descendants(type).Any(t => _made.Contains(t.FullName));
    }

    private static bool IsStereotype(JavaAnnotation annotation) => Stereotypes.Contains(Last(annotation.Name), StringComparer.Ordinal);

    private static bool Has(JavaAnnotation annotation, string key) => annotation.Elements.Any(e => e.Key == key);

    private static string? Text(JavaAnnotation annotation, string key) =>
        annotation.Elements.FirstOrDefault(e => e.Key == key)?.Value is JavaLiteral { Kind: JavaTokenKind.StringLiteral, Value: { Length: > 0 } text } ? text : null;

    /// <summary>As beans are named: two capitals at the beginning stay.</summary>
    private static string Uncapitalized(string name) => name.Length > 1 && char.IsUpper(name[1]) ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
