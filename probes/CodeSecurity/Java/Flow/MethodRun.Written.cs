namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Constructors, accessors and builders that an annotation writes or that belong to a record.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Behind the full name of a type: its builder.</summary>
    private const string BuilderMark = "#builder";

    private FlowValue Construct(JavaDeclaredType type, CallSite site)
    {
        var constructors = Fitting(_program.Declared(type, "new"), site.Arguments);
        if (constructors.Count > 0)
        {
            CallProgram(constructors, site);
        }
        else if (type.Syntax.Kind == JavaTypeKind.Record)
        {
            for (var i = 0; i < Math.Min(site.Arguments.Count, type.Syntax.Components.Length); i++)
            {
                Write(site.Receiver!, type.Syntax.Components[i].Name, Narrow(site.Arguments[i], _program.NameOf(type.Syntax.Components[i].Type, type)));
            }
        }
        else if (site.Arguments.Count > 0)
        {
            Distribute(WrittenMembers.ConstructorFields(_program, type, site.Arguments.Count), site);
        }

        return site.Receiver!;
    }

    /// <summary>Arguments go to the fields in their order; where nobody knows which, they are somewhere in the object.</summary>
    private void Distribute(IReadOnlyList<ProgramField>? fields, CallSite site)
    {
        if (fields is null)
        {
            Write(site.Receiver!, FlowObject.Any, FlowValue.Marked(Deep(site.Arguments)));
            return;
        }

        for (var i = 0; i < fields.Count; i++)
        {
            Write(site.Receiver!, fields[i].Variable.Name, Narrow(site.Arguments[i], TypeOf(fields[i])));
        }
    }

    private string? TypeOf(ProgramField field) => _program.NameOf(field.Syntax.Type, field.Owner);

    /// <summary>Seen from a type below, and where writers of pages are put into it as that.</summary>
    private string? TypeOf(ProgramField field, JavaDeclaredType? seen)
    {
        var type = _program.Arguments.NameOf(field.Syntax.Type, field.Owner, seen);
        return PageWriters.IsPlain(type) ? _book.Lasting.WriterIn(field.Key) ?? type : _program.Beans.In(field, type) ?? type;
    }

    private FlowValue? Accessor(JavaDeclaredType type, CallSite site) => site.Arguments.Count switch
    {
        0 when site.Name == "toBuilder" && WrittenMembers.HasBuilder(type) => Copy(site, site.Receiver!, type, type.FullName + BuilderMark),
        0 => Getter(type, site),
        1 => Setter(type, site),
        _ => null,
    };

    private FlowValue? Getter(JavaDeclaredType type, CallSite site)
    {
        if (type.Syntax.Components.FirstOrDefault(c => c.Name == site.Name) is { } component)
        {
            return Narrow(Read(site.Receiver!, component.Name), _program.NameOf(component.Type, type)).Holding(_program.ElementOf(component.Type, type));
        }

        return WrittenMembers.Field(_program, type, site.Name, "get", "is") is { IsStatic: false } field ? Narrow(Read(site.Receiver!, field.Variable.Name), TypeOf(field, type)).Holding(_program.ElementOf(field.Syntax.Type, field.Owner)) : null;
    }

    private FlowValue? Setter(JavaDeclaredType type, CallSite site)
    {
        if (WrittenMembers.Field(_program, type, site.Name, "set") is { IsStatic: false } target)
        {
            Write(site.Receiver!, target.Variable.Name, Narrow(site.Arguments[0], TypeOf(target)), site.ReceiverSyntax);
            return site.Receiver!;
        }

        if (WrittenMembers.Field(_program, type, site.Name, "with") is { IsStatic: false } changed)
        {
            var copied = Copy(site, site.Receiver!, type, type.FullName);
            Write(copied, changed.Variable.Name, Narrow(site.Arguments[0], TypeOf(changed)));
            return copied;
        }

        return null;
    }

    /// <summary>Static methods nobody wrote.</summary>
    private FlowValue? Unwritten(JavaDeclaredType type, CallSite site)
    {
        if (site is { Name: "builder", Arguments.Count: 0 } && WrittenMembers.HasBuilder(type))
        {
            return Allocate(site.Node, FlowObject.New(type.FullName + BuilderMark));
        }

        if (type.Syntax.Kind == JavaTypeKind.Enum && site.Name is ("valueOf" or "values"))
        {
            // It is one of the constants, whoever named it, and so is the name.
            if (site is { Name: "valueOf", Syntax: [var named] })
            {
                CleanPlace(named, ulong.MaxValue);
            }

            return FlowValue.OfType(site.Name == "values" ? type.FullName + "[]" : type.FullName);
        }

        if (!WrittenMembers.IsStaticConstructor(type, site.Name))
        {
            return null;
        }

        var made = Allocate(site.Node, FlowObject.New(type.FullName));
        Distribute(WrittenMembers.ConstructorFields(_program, type, site.Arguments.Count), site with { Receiver = made });
        return made;
    }

    private FlowValue CallBuilder(FlowValue builder, CallSite site)
    {
        var name = builder.Type![..^BuilderMark.Length];
        var type = _program.Find(name)!;
        if (site.Arguments.Count == 0)
        {
            return site.Name == "build" ? Copy(site, builder, type, name) : builder;
        }

        var field = _program.Field(type, site.Name) is { IsStatic: false } own ? own : null;
        Write(builder, field?.Variable.Name ?? FlowObject.Any, field is null ? FlowValue.Marked(AllMarks(site with { Receiver = null })) : Narrow(site.Arguments[0], TypeOf(field)), site.ReceiverSyntax);
        return builder;
    }

    /// <summary>A new object of the same parts.</summary>
    private FlowValue Copy(CallSite site, FlowValue from, JavaDeclaredType type, string name)
    {
        var parts = new Dictionary<string, FlowValue>(StringComparer.Ordinal);
        var objects = from.Objects.Select(ObjectAt).OfType<FlowObject>().ToList();
        var names = objects.SelectMany(o => o.Parts.Keys);
        if (objects.Count == 0 || objects.Exists(o => o.Input is not null))
        {
            names = names.Concat(WrittenMembers.Fields(_program, type).Select(f => f.Variable.Name));
        }

        foreach (var part in names.Distinct(StringComparer.Ordinal))
        {
            parts[part] = Read(from, part);
        }

        return Allocate(site.Node, new FlowObject(name, true, null, parts, -1));
    }

    /// <summary>What libraries do that copy one object to another: parts of the same name.</summary>
    /// <param name="site">The call.</param>
    /// <param name="way">Ends with the numbers of the arguments, as <c>0>1</c>; where the second one is a class the object is new.</param>
    private FlowValue CopyFields(CallSite site, string way)
    {
        var (from, to) = (way[^3] - '0', way[^1] - '0');
        if (At(site, to) is { Type: "java.lang.Class", Constant: string name })
        {
            var made = Allocate(site.Node, FlowObject.New(name));
            Fill(made, At(site, from), null);
            return made;
        }

        Fill(At(site, to), At(site, from), site.Syntax.IsDefault || to >= site.Syntax.Length ? null : site.Syntax[to]);
        return At(site, to);
    }

    private void Fill(FlowValue target, FlowValue source, JavaExpression? named)
    {
        var given = _program.Find(source.Type);
        if (target.Objects.Length == 0 || _program.Find(target.Type) is not { } type)
        {
            Write(target, FlowObject.Any, FlowValue.Marked(Deep(source)), named);
            return;
        }

        foreach (var field in WrittenMembers.Fields(_program, type))
        {
            var name = field.Variable.Name;
            if (given is not null && source.Objects.Length > 0 && _program.Field(given, name) is null && !given.Syntax.Components.Any(c => c.Name == name))
            {
                continue;
            }

            var value = Narrow(Read(source, name), TypeOf(field));
            if (Deep(value).Length > 0)
            {
                Write(target, name, FlowValue.Join(Read(target, name), value));
            }
        }
    }
}
