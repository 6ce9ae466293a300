namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The types of a tree with what an analysis of flows asks of them. One thread at a time.</summary>
internal sealed class JavaProgram
{
    private readonly Dictionary<(JavaDeclaredType?, string), string?> _names = [];
    private readonly Dictionary<JavaDeclaredType, Dictionary<string, ProgramField>> _fields = [];
    private readonly Dictionary<(JavaDeclaredType, string), List<ProgramMethod>> _methods = [];
    private readonly Dictionary<JavaDeclaredType, IReadOnlyList<(string Name, int Arguments)>> _callbacks = [];
    private readonly Dictionary<JavaDeclaredType, JavaDeclaredType?> _classAbove = [];
    private readonly Dictionary<JavaMethod, ProgramMethod> _known = new(ReferenceEqualityComparer.Instance);

    public JavaProgram(IReadOnlyList<(string Path, JavaUnit Unit)> files, ApiIndex apis, IReadOnlyDictionary<string, string> properties)
    {
        (Files, Apis, Properties) = (files, apis, properties);
        Types = new JavaTypes(files);
        Assignments = FieldAssignments.Count(files.Select(f => f.Unit));
        Lasting = new LastingFields(this);
        Mute = new MuteTypes(this);
        Beans = new InjectedBeans(this);
        Asking = new AskingBelow(this);
        Arguments = new TypeArguments(this);
    }

    private readonly Dictionary<JavaNode, string[]> _namesIn = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<(string Path, JavaUnit Unit)> Files { get; }

    /// <summary>Words that can be variables in a piece of code, and <c>this</c>.</summary>
    public string[] NamesIn(JavaNode code)
    {
        if (!_namesIn.TryGetValue(code, out var names))
        {
            _namesIn[code] = names = [.. JavaWalk.All(code).OfType<JavaName>().Select(n => n.Name).Append("this").Distinct(StringComparer.Ordinal)];
        }

        return names;
    }

    public JavaTypes Types { get; }

    public ApiIndex Apis { get; }

    /// <summary>Values of keys of property files that have one value in the whole tree.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>Whether a field of a name is assigned outside of its declaration, by file and in all.</summary>
    public FieldAssignments Assignments { get; }

    /// <summary>Fields of objects of which there is one for all requests.</summary>
    public LastingFields Lasting { get; }

    public MuteTypes Mute { get; }

    public InjectedBeans Beans { get; }

    public AskingBelow Asking { get; }

    /// <summary>What variables of types stand for in types below.</summary>
    public TypeArguments Arguments { get; }

    /// <summary>Types that settings open to others.</summary>
    public OpenedTypes Opened { get; set; } = OpenedTypes.None;

    /// <summary>Pages of the tree by their names.</summary>
    public PageViews Views { get; init; } = PageViews.None;

    /// <summary>Everything that was read of the tree as text, by path, its Java among it; null where that is not at hand, or more belongs to it than was read.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? Texts { get; init; }

    /// <summary>A page of errors of the tree shows what was said of one as it is.</summary>
    public bool PrintsErrors { get; init; }

    /// <summary>In which line a place is told; null where lines are not at hand.</summary>
    public Func<CodePlace, int>? LineOf { get; init; }

    /// <summary>Whether an aspect writes what maps hold under a key.</summary>
    public bool IsRewritten(string key)
    {
        _rewritten ??= RewrittenKeys.Of(this);
        return _rewritten.Contains(key);
    }

    private HashSet<string>? _rewritten;

    /// <summary>Full name of a type as it is written at a place; null where it is a variable type or not known.</summary>
    public string? NameOf(JavaTypeSyntax? syntax, JavaDeclaredType within) => syntax switch
    {
        JavaNamedType { Outer: null, Name: "var" } => null,
        JavaNamedType named => Resolve(Dotted(named), within),
        JavaArrayType array => (NameOf(array.Element, within) ?? "java.lang.Object") + string.Concat(Enumerable.Repeat("[]", array.Dimensions)),
        JavaIntersectionType { Parts: [var first, ..] } => NameOf(first, within),
        JavaWildcardType { Extends: { } bound } => NameOf(bound, within),
        _ => null,
    };

    /// <summary>What something of a type holds, as it is written; null where it has no arguments.</summary>
    public ElementType? ElementOf(JavaTypeSyntax? syntax, JavaDeclaredType within) => syntax switch
    {
        JavaNamedType { Arguments: [.., var last] } => new ElementType(NameOf(last, within), ElementOf(last, within)),
        JavaWildcardType { Extends: { } bound } => ElementOf(bound, within),
        _ => null,
    };

    /// <summary>Full name of what a name of a type means at a place.</summary>
    public string? Resolve(string name, JavaDeclaredType within)
    {
        if (_names.TryGetValue((within, name), out var known))
        {
            return known;
        }

        // Not known while it is looked for: bounds of variables may name one another in a circle.
        _names[(within, name)] = null;
        return _names[(within, name)] = Find(name, within);
    }

    private string? Find(string name, JavaDeclaredType within)
    {
        if (name.Length == 0)
        {
            return null;
        }

        if (char.IsLower(name[0]) && !name.Contains('.', StringComparison.Ordinal) && !Types.SmallNames.Contains(name))
        {
            return Apis.IsInert(name) || name == "void" ? name : null;
        }

        if (Variable(name, within) is { } variable)
        {
            return BoundOf(variable.Syntax, variable.Owner);
        }

        var meanings = Types.Meanings(within.Unit, within, name);
        var normal = meanings.Select(Normal).ToList();
        return normal.Find(m => Types.Find(m) is not null || Apis.Knows(m)) ?? (normal.Count == 1 ? normal[0] : name.Length <= 2 ? null : normal.Find(m => !m.StartsWith("java.lang.", StringComparison.Ordinal)) ?? normal[0]);
    }

    private static (JavaTypeParameter Syntax, JavaDeclaredType Owner)? Variable(string name, JavaDeclaredType? within)
    {
        for (; within is not null; within = within.Outer)
        {
            if (within.Syntax.TypeParameters.FirstOrDefault(p => p.Name == name) is { } variable)
            {
                return (variable, within);
            }
        }

        return null;
    }

    /// <summary>What a variable of a type is at least, where its bound may be another variable, and so on; null where that is not known.</summary>
    private string? BoundOf(JavaTypeParameter variable, JavaDeclaredType owner)
    {
        var seen = new HashSet<JavaTypeParameter>(ReferenceEqualityComparer.Instance);
        while (seen.Add(variable))
        {
            if (variable.Bounds is not [var bound, ..])
            {
                return null;
            }

            if (bound is not JavaNamedType { Outer: null } named || Variable(named.Name, owner) is not { } next)
            {
                return NameOf(bound, owner);
            }

            (variable, owner) = next;
        }

        return null;
    }

    /// <summary>Packages <c>jakarta</c> as <c>javax</c>, as the tables have them.</summary>
    public static string Normal(string name) => name.StartsWith("jakarta.", StringComparison.Ordinal) ? string.Concat("javax.", name.AsSpan("jakarta.".Length)) : name;

    public static string Dotted(JavaNamedType type) => type.Outer is null ? type.Name : Dotted(type.Outer) + "." + type.Name;

    /// <summary>Its values carry no text that anybody chose: numbers, dates, and constants of the tree, whoever names them.</summary>
    public bool IsInert(string? type) => Apis.IsInert(type) || Find(type) is { Syntax.Kind: JavaTypeKind.Enum };

    /// <summary>As above, of arrays and collections of such values; letters and bytes are texts.</summary>
    public bool IsInert(string? type, ElementType? element) => IsInert(type)
        || (type is not null && type.EndsWith("[]", StringComparison.Ordinal) && IsNumber(type[..^2]))
        || (type is not null && element is { Element: null } && IsNumber(element.Name) && Apis.IsBelow(type, "java.util.Collection"));

    private bool IsNumber(string? type) => type is not ("byte" or "char" or "java.lang.Byte" or "java.lang.Character") && IsInert(type);

    public JavaDeclaredType? Find(string? fullName) => fullName is null ? null : Types.Find(fullName);

    /// <summary>Types above one: of the tree first, then names of those that are not in it.</summary>
    public IEnumerable<string> NamesAbove(JavaDeclaredType type) =>
        Types.Inheritance.Ancestors(type).Prepend(type).SelectMany(t => Types.Inheritance.Supertypes(t)).Select(Normal).Distinct(StringComparer.Ordinal);

    /// <summary>The class of the tree that a type extends, or the first class it names; null where there is none.</summary>
    public JavaDeclaredType? ClassAbove(JavaDeclaredType type)
    {
        if (!_classAbove.TryGetValue(type, out var above))
        {
            _classAbove[type] = above = Types.Inheritance.Supertypes(type).Select(Find).FirstOrDefault(t => t is { Syntax.Kind: JavaTypeKind.Class });
        }

        return above;
    }

    /// <summary>Methods by which libraries call objects of a type, with the number of their parameters.</summary>
    public IReadOnlyList<(string Name, int Arguments)> Callbacks(JavaDeclaredType type)
    {
        if (!_callbacks.TryGetValue(type, out var known))
        {
            _callbacks[type] = known = [.. NamesAbove(type).SelectMany(Apis.Callbacks).Distinct()];
        }

        return known;
    }

    /// <summary>A field of a type or of one above or around it.</summary>
    public ProgramField? Field(JavaDeclaredType type, string name)
    {
        for (var around = type; around is not null; around = around.Outer)
        {
            if (Own(around, name) is { } own)
            {
                return own;
            }

            foreach (var above in Types.Inheritance.Ancestors(around))
            {
                if (Own(above, name) is { } inherited)
                {
                    return inherited;
                }
            }
        }

        return null;
    }

    private ProgramField? Own(JavaDeclaredType type, string name)
    {
        if (!_fields.TryGetValue(type, out var fields))
        {
            _fields[type] = fields = new Dictionary<string, ProgramField>(StringComparer.Ordinal);
            var isInterface = type.Syntax.Kind is JavaTypeKind.Interface or JavaTypeKind.Annotation;
            foreach (var field in type.Syntax.Members.OfType<JavaField>())
            {
                foreach (var variable in field.Variables)
                {
                    fields.TryAdd(variable.Name, new ProgramField(type, field, variable, isInterface || field.Modifiers.HasFlag(JavaModifiers.Static), isInterface || field.Modifiers.HasFlag(JavaModifiers.Final)));
                }
            }
        }

        return fields.GetValueOrDefault(name);
    }

    /// <summary>Methods of a name that a type itself declares; of the name <c>new</c> its constructors.</summary>
    public List<ProgramMethod> Declared(JavaDeclaredType type, string name)
    {
        if (!_methods.TryGetValue((type, name), out var found))
        {
            _methods[(type, name)] = found =
                [.. (name == "new" ? ImpliedCode.Constructors(type.Syntax) : type.Syntax.Members.OfType<JavaMethod>().Where(m => !m.IsConstructor && m.Name == name)).Select(m => Of(type, m))];
        }

        return found;
    }

    /// <summary>Everything of a type that can be gone through: its methods and constructors, and what runs before any of them.</summary>
    public IEnumerable<ProgramMethod> Bodies(JavaDeclaredType type)
    {
        IEnumerable<ProgramMethod> all = Declared(type, "new").Concat(type.Syntax.Members.OfType<JavaMethod>().Where(m => !m.IsConstructor && m.Body is not null).Select(m => Of(type, m)));
        return ImpliedCode.Initializer(type.Syntax) is { } first ? all.Prepend(Of(type, first)) : all;
    }

    public ProgramMethod Of(JavaDeclaredType type, JavaMethod syntax)
    {
        if (!_known.TryGetValue(syntax, out var method))
        {
            _known[syntax] = method = new ProgramMethod(type, syntax, [.. syntax.Parameters.Select(p => ParameterType(p, type, syntax))], NameOf(syntax.Returns, type));
        }

        return method;
    }

    private string? ParameterType(JavaParameter parameter, JavaDeclaredType type, JavaMethod method)
    {
        if (parameter.Type is JavaNamedType { Outer: null } named && method.TypeParameters.FirstOrDefault(p => p.Name == named.Name) is { } variable)
        {
            return variable.Bounds is [var bound, ..] ? NameOf(bound, type) : null;
        }

        var name = NameOf(parameter.Type, type);
        var dimensions = parameter.Dimensions + (parameter.IsVariable ? 1 : 0);
        return name is null ? null : name + string.Concat(Enumerable.Repeat("[]", dimensions));
    }
}
