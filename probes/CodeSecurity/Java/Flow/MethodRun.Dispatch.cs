namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which methods of types above and below a call goes to.</summary>
internal sealed partial class MethodRun
{
    private const int MostClassesAbove = 50;

    /// <summary>Of the type and those above it, the nearest that fits; what an interface only asks for is done by a class above that does it.</summary>
    private List<ProgramMethod> Nearest(JavaDeclaredType type, string name, IReadOnlyList<FlowValue> arguments)
    {
        if (Fitting(_program.Declared(type, name), arguments) is { Count: > 0 } own)
        {
            return own;
        }

        List<ProgramMethod> nearest = [];
        foreach (var above in _program.Types.Inheritance.Ancestors(type))
        {
            if (Fitting(_program.Declared(above, name), arguments) is { Count: > 0 } found)
            {
                if (found.Exists(m => m.Syntax.Body is not null))
                {
                    return nearest.Count == 0 ? found : found.FindAll(m => nearest.Exists(n => Overrides(m, n))) is { Count: > 0 } done ? done : nearest;
                }

                nearest = nearest.Count == 0 ? found : nearest;
            }
        }

        return nearest;
    }

    /// <summary>Those, and what types below make of them: declared there, or in a class above one of them that is not below the type itself.</summary>
    private List<ProgramMethod> Below(JavaDeclaredType type, List<ProgramMethod> nearest, string name, IReadOnlyList<FlowValue> arguments)
    {
        if (nearest.Count > 0 && nearest.TrueForAll(IsFixed))
        {
            return nearest;
        }

        if (nearest is not [var only])
        {
            return Told(LookBelow(type, nearest, name, arguments), name);
        }

        // Whatever it is given, one method has the same below it.
        if (!_book.Targets.TryGetValue((type, only), out var known))
        {
            _book.Targets[(type, only)] = known = LookBelow(type, nearest, name, arguments);
        }

        return Told(known, name);
    }

    private List<ProgramMethod> Told((List<ProgramMethod> Methods, bool IsCut) targets, string name)
    {
        if (targets.IsCut)
        {
            _book.Cut.TryAdd(_method, $"调用 {name} 的去向多于 {_book.Limits.Targets} 个");
        }

        return targets.Methods;
    }

    private (List<ProgramMethod> Methods, bool IsCut) LookBelow(JavaDeclaredType type, List<ProgramMethod> nearest, string name, IReadOnlyList<FlowValue> arguments)
    {
        List<ProgramMethod> all = [.. nearest];
        foreach (var below in _program.Types.Inheritance.Descendants(type.FullName))
        {
            var here = nearest.Count == 0 ? Fitting(_program.Declared(below, name), arguments) : Overriding(below, name, nearest);
            foreach (var method in here.Count > 0 ? here : Inherited(type, below, name, nearest))
            {
                if (!all.Contains(method))
                {
                    all.Add(method);
                }
            }

            if (all.Count > _book.Limits.Targets)
            {
                return ([.. all.Take(_book.Limits.Targets)], true);
            }
        }

        // What each class makes anew no object has as it was.
        return (all.Count < 2 || _program.Asking.Leaves(type) is not { } leaves ? all : all.FindAll(m => m.Syntax.Body is null || IsFixed(m) || leaves.Exists(c => OfClass(c, name, m).Contains(m))), false);
    }

    private List<ProgramMethod> Overriding(JavaDeclaredType type, string name, List<ProgramMethod> nearest) =>
        _program.Declared(type, name).FindAll(m => !m.IsStatic && nearest.Exists(n => Overrides(m, n)));

    /// <summary>What a class gets from classes above it that know nothing of the type.</summary>
    private List<ProgramMethod> Inherited(JavaDeclaredType type, JavaDeclaredType below, string name, List<ProgramMethod> nearest)
    {
        var looked = 0;
        for (var above = ClassAbove(below); above is not null && above != type && looked < MostClassesAbove; above = ClassAbove(above), looked++)
        {
            if (_program.Types.Inheritance.Ancestors(above).Contains(type))
            {
                break;
            }

            if (Overriding(above, name, nearest).FindAll(m => m.Syntax.Body is not null) is { Count: > 0 } found)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>Where an inherited method finds its own steps: the class of the object, or a type it is of that has all its classes in the tree.</summary>
    private CallContext OnSelf(CallContext context, ProgramMethod method, FlowValue? receiver)
    {
        if (method.IsStatic || receiver is null || _program.Find(receiver.Type) is not { } type || type == method.Owner || !_program.Asking.Asks(method) || !_program.NamesAbove(type).Contains(method.Owner.FullName, StringComparer.Ordinal))
        {
            return context;
        }

        if (!receiver.MayBeOther && ExactTypes(receiver) is { } exact)
        {
            return exact.Count == 1 && exact[0] == type ? context.On(type.FullName, isExact: true) : context;
        }

        var isBound = _program.Asking.IsLast(type) || (receiver is { MayBeOther: false, Objects.Length: < 2 } && _program.Asking.Leaves(type) is not null);
        return isBound ? context.On(type.FullName, isExact: false) : context;
    }

    /// <summary>What the classes the object may be of make of methods its code asks for; those nobody can declare again are the ones it sees. Null where these classes are not known.</summary>
    private List<ProgramMethod>? OfSelf(JavaDeclaredType within, List<ProgramMethod> seen, string name)
    {
        if (within != _method.Owner || _program.Find(_context.Self) is not { } self)
        {
            return null;
        }

        List<JavaDeclaredType> classes = _context.IsExact ? [self] : _program.Asking.Leaves(self) ?? [self];
        return [.. seen.SelectMany(m => IsFixed(m) ? [m] : classes.SelectMany(c => OfClass(c, name, m))).Distinct()];
    }

    /// <summary>What objects of a class do where a method is asked for: what stands in the class, or nearest above it; classes go before interfaces.</summary>
    private List<ProgramMethod> OfClass(JavaDeclaredType type, string name, ProgramMethod method)
    {
        foreach (var one in _program.Types.Inheritance.Ancestors(type).OrderBy(a => a.Syntax.Kind == JavaTypeKind.Interface).Prepend(type))
        {
            var here = Overriding(one, name, [method]).FindAll(o => o.Syntax.Body is not null && Replaces(o, method, type) != false);
            if (here.Count > 0)
            {
                return here.Contains(method) || here.Exists(o => Replaces(o, method, type) == true) ? here : [.. here, method];
            }
        }

        return [method];
    }

    /// <summary>What a variable of a type stands for in a class says whether a method is done again there, or only has the same name; null where that is not known.</summary>
    private bool? Replaces(ProgramMethod own, ProgramMethod method, JavaDeclaredType seen)
    {
        bool? replaces = true;
        for (var i = 0; i < method.ParameterTypes.Count && !ReferenceEquals(own, method); i++)
        {
            if (IsVariable(method, i) == IsVariable(own, i))
            {
                continue;
            }

            var (one, other) = (_program.Arguments.NameOf(own.Syntax.Parameters[i].Type, own.Owner, seen), _program.Arguments.NameOf(method.Syntax.Parameters[i].Type, method.Owner, seen));
            if (one is null || other is null || other == method.ParameterTypes[i])
            {
                replaces = null;
            }
            else if (DottedName.Last(one) != DottedName.Last(other))
            {
                return false;
            }
        }

        return replaces;
    }

    private static bool IsFixed(ProgramMethod method) => method.IsStatic || (method.Syntax.Modifiers & (JavaModifiers.Private | JavaModifiers.Final)) != JavaModifiers.None;

    private JavaDeclaredType? Above(JavaDeclaredType type) => _program.ClassAbove(type);

    private JavaDeclaredType? ClassAbove(JavaDeclaredType type) => type.Syntax.Kind == JavaTypeKind.Class && type.Syntax.Extends.Length > 0 ? Above(type) : null;

    /// <summary>Their parameters are of the same types, as far as these are known: what variables of types stand for is not asked.</summary>
    private static bool Overrides(ProgramMethod method, ProgramMethod other)
    {
        if (method.Syntax.Parameters.Length != other.Syntax.Parameters.Length)
        {
            return false;
        }

        for (var i = 0; i < method.ParameterTypes.Count; i++)
        {
            if (method.ParameterTypes[i] is { } one && other.ParameterTypes[i] is { } two && DottedName.Last(one) != DottedName.Last(two) && !IsVariable(method, i) && !IsVariable(other, i))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsVariable(ProgramMethod method, int parameter)
    {
        var type = method.Syntax.Parameters[parameter].Type;
        while (type is JavaArrayType array)
        {
            type = array.Element;
        }

        return type is JavaNamedType { Outer: null } named && (method.Syntax.TypeParameters.Any(p => p.Name == named.Name) || IsVariable(method.Owner, named.Name));
    }

    private static bool IsVariable(JavaDeclaredType? type, string name)
    {
        for (; type is not null; type = type.Outer)
        {
            if (type.Syntax.TypeParameters.Any(p => p.Name == name))
            {
                return true;
            }
        }

        return false;
    }
}
