using static SmartCity.SecurityCheck.Probes.CodeSecurity.DottedName;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Members that annotations write: which fields their constructors, accessors and builders mean.</summary>
internal static class WrittenMembers
{
    /// <summary>Fields of each instance in the order of their declaration, those of types above first.</summary>
    public static IEnumerable<ProgramField> Fields(JavaProgram program, JavaDeclaredType type) =>
        program.Types.Inheritance.Ancestors(type).Reverse().Append(type).SelectMany(t => Own(program, t));

    /// <summary>Fields that get the arguments of a constructor nobody wrote.</summary>
    /// <returns>Null where no such constructor has so many parameters.</returns>
    public static IReadOnlyList<ProgramField>? ConstructorFields(JavaProgram program, JavaDeclaredType type, int arguments)
    {
        var isValue = Has(type, "Value");
        var all = Own(program, type).Where(f => f.Variable.Value is null || !(f.IsFinal || isValue)).ToList();
        var required = all.FindAll(f => f.Variable.Value is null && (f.IsFinal || isValue || f.Syntax.Annotations.Any(a => Last(a.Name) == "NonNull")));
        return required.Count == arguments && all.Count != arguments && Has(type, "RequiredArgsConstructor", "Data") ? required
            : all.Count == arguments ? all
            : required.Count == arguments ? required : null;
    }

    public static bool HasBuilder(JavaDeclaredType type) => Has(type, "Builder", "SuperBuilder");

    /// <summary>A static method that an annotation writes in place of a constructor.</summary>
    public static bool IsStaticConstructor(JavaDeclaredType type, string name) =>
        type.Syntax.Annotations.Any(a => a.Elements.Any(e => e.Key is "staticName" or "staticConstructor" && e.Value is JavaLiteral literal && literal.Value == name));

    /// <summary>The field that an accessor means: behind one of the words; in types whose accessors bear the names of fields also by the name itself.</summary>
    public static ProgramField? Field(JavaProgram program, JavaDeclaredType type, string accessor, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (accessor.Length > word.Length && accessor.StartsWith(word, StringComparison.Ordinal))
            {
                var rest = accessor[word.Length..];
                return program.Field(type, char.ToLowerInvariant(rest[0]) + rest[1..]) ?? program.Field(type, rest) ?? (word == "is" ? program.Field(type, accessor) : null);
            }
        }

        return Has(type, "Accessors") && words[0] != "with" ? program.Field(type, accessor) : null;
    }

    private static IEnumerable<ProgramField> Own(JavaProgram program, JavaDeclaredType type) =>
        type.Syntax.Members.OfType<JavaField>().Where(f => !f.Modifiers.HasFlag(JavaModifiers.Static)).SelectMany(f => f.Variables).Select(v => program.Field(type, v.Name)).OfType<ProgramField>();

    private static bool Has(JavaDeclaredType type, params ReadOnlySpan<string> names)
    {
        foreach (var annotation in type.Syntax.Annotations)
        {
            if (names.Contains(Last(annotation.Name)))
            {
                return true;
            }
        }

        return false;
    }
}
