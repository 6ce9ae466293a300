using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Calls of statements of MyBatis and iBATIS.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Stands in steps that a part of the program nobody follows may undo.</summary>
    public const string Doubtful = "未必来自外部";

    /// <summary>What a wrapper of MyBatis-Plus puts together of its conditions, whose values are parameters.</summary>
    private static readonly HashSet<string> OfWrappers = new(StringComparer.Ordinal)
        { "customSqlSegment", "sqlSegment", "sqlSet", "sqlSelect", "sqlComment", "sqlFirst", "nonEmptyOfWhere", "nonEmptyOfNormal", "emptyOfWhere" };

    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal) { "value", "_parameter", "list", "collection", "array" };

    private static readonly string[] NoParameters = ["org.apache.ibatis.session.RowBounds", "org.apache.ibatis.session.ResultHandler"];

    private void ReachStatements(ProgramMethod method, CallSite site)
    {
        var (holes, isCut) = _book.Mappers.Of(method, site.Receiver?.Type, _program);
        if (isCut)
        {
            _book.Cut.TryAdd(method, "映射文件里它的语句没有读完");
        }

        foreach (var hole in holes)
        {
            foreach (var value in Given(method, hole.Path, site))
            {
                ReachHole(hole, value, site);
            }
        }

        foreach (var provider in MapperAnnotations.ProvidersOf(method, _program))
        {
            var made = new SummaryUse(this, provider, site with { Receiver = FlowValue.OfType(provider.Owner.FullName), Arguments = Provided(method, provider, site), Syntax = default }).Apply();
            Reach(_book.Mappers.Weakness, new CodePlace(provider.Owner.Path, provider.Syntax.NameSpan.Start), Deep(made), "作为语句返回");
        }
    }

    private void ReachHole(MapperHole hole, FlowValue value, CallSite site)
    {
        var doubt = _program.IsRewritten(hole.Path[(hole.Path.LastIndexOf('.') + 1)..]) ? $"（切面在调用前改写它，{Doubtful}）" : string.Empty;
        Reach(_book.Mappers.Weakness, hole.Place, TaintMarks.Step(Deep(value), Place(site.Span), $"传给 {site.Name}"), $"以 ${{}} 拼入语句{doubt}");
    }

    /// <summary>A statement that is called by its name, with one thing it is given.</summary>
    private FlowValue CallStatement(CallSite site)
    {
        if (At(site, 0).Constant is string name && _book.Mappers.Named(name) is { } statement)
        {
            if (statement.IsCut)
            {
                _book.Cut.TryAdd(_method, $"语句 {name} 没有读完");
            }

            foreach (var hole in statement.Holes)
            {
                var parts = hole.Path.Split('.');
                ReachHole(hole, Whole.Contains(parts[0]) || (parts.Length == 1 && At(site, 1).Type == "java.lang.String") ? PartAlong(At(site, 1), parts[1..], site) : PartAlong(At(site, 1), parts, site), site);
            }
        }

        return FlowValue.Unknown;
    }

    /// <summary>What a path of a statement can mean among the arguments.</summary>
    private IEnumerable<FlowValue> Given(ProgramMethod method, string path, CallSite site)
    {
        var parts = path.Split('.');
        if (parts.Length > 1 && OfWrappers.Contains(parts[1]))
        {
            yield break;
        }

        var parameters = method.Syntax.Parameters;
        var taken = Enumerable.Range(0, Math.Min(parameters.Length, site.Arguments.Count)).Where(i => !NoParameters.Contains(method.ParameterTypes[i], StringComparer.Ordinal)).ToList();
        var isNamed = parts is ["_parameter", _, ..] && taken.Count > 1;
        parts = isNamed ? parts[1..] : parts;
        var found = false;
        foreach (var i in taken.Where(i => NameOf(method, i) is var given && (given == parts[0]
            || (given is null && parameters[i].Name == parts[0]) || parts[0] == string.Create(CultureInfo.InvariantCulture, $"param{i + 1}") || parts[0] == string.Create(CultureInfo.InvariantCulture, $"arg{i}"))))
        {
            found = true;
            yield return PartAlong(site.Arguments[i], parts[1..], site);
        }

        if (!found && taken is [var only] && NameOf(method, only) is null)
        {
            var isWhole = Whole.Contains(parts[0]) || (parts.Length == 1 && method.ParameterTypes[only] == "java.lang.String");
            yield return PartAlong(site.Arguments[only], isWhole ? parts[1..] : parts, site);
        }
    }

    private string? NameOf(ProgramMethod method, int parameter) =>
        method.Syntax.Parameters[parameter].Annotations.FirstOrDefault(a => a.Name == "Param" || a.Name.EndsWith(".Param", StringComparison.Ordinal))?.Elements.FirstOrDefault(e => e.Key == "value")?.Value is { } written
            ? MapperAnnotations.TextOf(written, method.Owner, _program) ?? (written is JavaSelect { Name: "WRAPPER" } ? "ew" : string.Empty) : null;

    /// <summary>A part of a part of a value; of an object of the tree by its getters.</summary>
    private FlowValue PartAlong(FlowValue value, string[] path, CallSite site)
    {
        foreach (var part in path)
        {
            if (_now is null)
            {
                return FlowValue.Unknown;
            }

            value = part == FlowObject.Any ? Read(value, FlowObject.Any) : Property(value, part, site);
        }

        return value;
    }

    /// <summary>Parts that are being asked of getters, by the type and name.</summary>
    private readonly HashSet<(string, string)> _properties = [];

    private FlowValue Property(FlowValue value, string name, CallSite site)
    {
        // A getter that asks for a part of its own name means what lies there.
        if (_program.Find(value.Type) is not { } type || name.Length == 0 || !_properties.Add((type.FullName, name)))
        {
            return Read(value, PartOf(name));
        }

        var read = Gotten(value, type, name, site) ?? Read(value, PartOf(name));
        _properties.Remove((type.FullName, name));
        return read;
    }

    /// <returns>Null where it has no such getter.</returns>
    private FlowValue? Gotten(FlowValue value, JavaDeclaredType type, string name, CallSite site)
    {
        foreach (var getter in new[] { $"get{char.ToUpperInvariant(name[0])}{name[1..]}", $"is{char.ToUpperInvariant(name[0])}{name[1..]}", name })
        {
            if (Nearest(type, getter, []) is { Count: > 0 } || (getter[0] == 'g' && _program.Field(type, name) is not null))
            {
                return CallOn(site with { Name = getter, Receiver = value, ReceiverSyntax = null, Arguments = [], Syntax = default });
            }
        }

        return null;
    }

    /// <summary>What a method that makes a statement is given of what the statement is given.</summary>
    private IReadOnlyList<FlowValue> Provided(ProgramMethod method, ProgramMethod provider, CallSite site)
    {
        var asked = provider.Syntax.Parameters;
        if (asked.Length == 1 && site.Arguments.Count > 1 && NameOf(provider, 0) is null)
        {
            var all = FlowObject.New("java.util.Map");
            for (var i = 0; i < Math.Min(site.Arguments.Count, method.Syntax.Parameters.Length); i++)
            {
                all = all.With(PartOf(NameOf(method, i) ?? method.Syntax.Parameters[i].Name), site.Arguments[i]);
            }

            return [Allocate(site.Node, all, provider)];
        }

        return [.. Enumerable.Range(0, asked.Length).Select(i => Named(method, NameOf(provider, i) ?? asked[i].Name, site) ?? (i < site.Arguments.Count ? site.Arguments[i] : FlowValue.Unknown))];
    }

    private FlowValue? Named(ProgramMethod method, string name, CallSite site)
    {
        for (var i = 0; i < Math.Min(site.Arguments.Count, method.Syntax.Parameters.Length); i++)
        {
            if ((NameOf(method, i) ?? method.Syntax.Parameters[i].Name) == name)
            {
                return site.Arguments[i];
            }
        }

        return null;
    }
}
