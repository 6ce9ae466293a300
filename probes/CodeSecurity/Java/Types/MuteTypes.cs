using static SmartCity.SecurityCheck.Probes.CodeSecurity.DottedName;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Classes of which nobody wrote what their objects say of themselves: their text is the name of the class and a number. One thread at a time.</summary>
internal sealed class MuteTypes(JavaProgram program)
{
    private static readonly string[] WritingAnnotations = ["Data", "ToString", "Value"];
    private static readonly string[] Silent = ["Object", "Serializable", "Cloneable", "Comparable"];

    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);
    private HashSet<string>? _speaking;

    /// <summary>Types, without what stands before their names, of which somewhere an object is made that says something else of itself.</summary>
    private HashSet<string> Speaking => _speaking ??= [.. program.Files.SelectMany(f => JavaWalk.All(f.Unit)).OfType<JavaCreation>().Where(c => !c.Body.IsDefaultOrEmpty && SaysText(c.Body)).Select(c => c.Type).OfType<JavaNamedType>().Select(t => t.Name)];

    /// <param name="type">Full name; null where it is not known.</param>
    public bool Has(string? type)
    {
        if (type is null)
        {
            return false;
        }

        if (!_known.TryGetValue(type, out var known))
        {
            _known[type] = known = program.Find(type) is { Syntax.Kind: JavaTypeKind.Class } declared && IsMute(declared);
        }

        return known;
    }

    private bool IsMute(JavaDeclaredType type) =>
        program.Types.Inheritance.Ancestors(type).Prepend(type).Concat(program.Types.Inheritance.Descendants(type.FullName)).All(t => !Speaks(t) && !Speaking.Contains(t.Syntax.Name) && !program.Types.DeclaredTwice.Contains(t.FullName))
        && program.NamesAbove(type).All(a => Silent.Contains(Last(a), StringComparer.Ordinal) || program.Find(a) is not null);

    private static bool Speaks(JavaDeclaredType type) => type.Syntax.Kind is not (JavaTypeKind.Class or JavaTypeKind.Interface)
        || type.Syntax.Annotations.Any(a => WritingAnnotations.Contains(Last(a.Name), StringComparer.Ordinal))
        || SaysText(type.Syntax.Members);

    private static bool SaysText(IEnumerable<JavaMember> members) => members.OfType<JavaMethod>().Any(m => m.Name == "toString" && m.Parameters.Length == 0);
}
