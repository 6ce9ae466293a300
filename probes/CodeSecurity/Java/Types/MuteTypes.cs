using static SmartCity.SecurityCheck.Probes.CodeSecurity.DottedName;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Classes of which nobody wrote what their objects say of themselves: their text is the name of the class and a number. One thread at a time.</summary>
internal sealed class MuteTypes(JavaProgram program)
{
    private static readonly string[] WritingAnnotations = ["Data", "ToString", "Value"];
    private static readonly string[] Silent = ["Object", "Serializable", "Cloneable", "Comparable"];

    private static readonly HashSet<(string?, string)> Writers =
    [
        ("com.alibaba.fastjson.JSON", "toJSONString"), ("com.alibaba.fastjson.JSONObject", "toJSONString"), ("com.alibaba.fastjson2.JSON", "toJSONString"), ("com.alibaba.fastjson2.JSONObject", "toJSONString"), ("cn.hutool.json.JSONUtil", "toJsonStr"),
    ];

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

    public bool Speaks(JavaDeclaredType type) => type.Syntax.Kind is not (JavaTypeKind.Class or JavaTypeKind.Interface)
        || type.Syntax.Annotations.Any(a => WritingAnnotations.Contains(Last(a.Name), StringComparer.Ordinal))
        || (Text(type.Syntax.Members) is { } text && !SaysNumbers(text, type));

    private static bool SaysText(IEnumerable<JavaMember> members) => Text(members) is not null;

    private static JavaMethod? Text(IEnumerable<JavaMember> members) => members.OfType<JavaMethod>().FirstOrDefault(m => m.Name == "toString" && m.Parameters.Length == 0);

    /// <summary>It puts together what the program writes and fields that hold no text.</summary>
    private bool SaysNumbers(JavaMethod text, JavaDeclaredType type) => text.Body is { Statements: [JavaReturn { Value: { } value }] } && JavaWalk.All(value).OfType<JavaExpression>().All(e => e switch
    {
        JavaLiteral or JavaBinary => true,
        JavaName { Name: "this" } => !ReferenceEquals(e, value),
        JavaName name => IsNumber(name.Name, type),
        JavaSelect { Target: JavaName { Name: "this" } } part => IsNumber(part.Name, type),
        _ => false,
    }) 
        && !JavaWalk.All(value).OfType<JavaBinary>().Any(b => b.Steps.Select(s => s.Operand).Prepend(b.First).Any(o => o is JavaName { Name: "this" }));

    private bool IsNumber(string field, JavaDeclaredType type) => program.Field(type, field) is { } held && program.IsInert(program.NameOf(held.Syntax.Type, held.Owner));

    /// <summary>Classes whose objects say themselves as JSON, in which line ends are escaped.</summary>
    public bool SaysJson(string? type) => type is not null && program.Find(type) is { Syntax.Kind: JavaTypeKind.Class } own && Text(own.Syntax.Members) is { Body.Statements: [JavaReturn { Value: JavaCall { Arguments: [JavaName { Name: "this" }], Target: JavaName { Name: var writer }, Name: var name } }] }
        && Writers.Contains((program.Resolve(writer, own), name)) && !program.Types.DeclaredTwice.Contains(type) && !Speaking.Contains(own.Syntax.Name) && program.Types.Inheritance.Descendants(type).All(d => Text(d.Syntax.Members) is null && !d.Syntax.Annotations.Any(a => WritingAnnotations.Contains(Last(a.Name), StringComparer.Ordinal)));
}
