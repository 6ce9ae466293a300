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

        return (all, false);
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

    /// <summary>The class an inherited method finds its own steps in; null where it leaves none open, or the class is not known.</summary>
    private string? SelfOf(ProgramMethod method, FlowValue? receiver)
    {
        if (method.IsStatic || receiver is null || _program.Find(receiver.Type) is not { } type || type == method.Owner || !_program.Asking.Asks(method))
        {
            return null;
        }

        return (!receiver.MayBeOther && ExactTypes(receiver) is { } exact ? exact.Count == 1 && exact[0] == type : _program.Asking.IsLast(type)) && _program.NamesAbove(type).Contains(method.Owner.FullName, StringComparer.Ordinal) ? type.FullName : null;
    }

    /// <summary>What the class of the object makes of methods its code asks for; those nobody can declare again are the ones it sees. Null where that class is not known.</summary>
    private List<ProgramMethod>? OfSelf(JavaDeclaredType within, List<ProgramMethod> seen, string name)
    {
        if (within != _method.Owner || _program.Find(_context.Self) is not { } self)
        {
            return null;
        }

        List<JavaDeclaredType> types = [self, .. _program.Types.Inheritance.Ancestors(self)];
        return [.. seen.SelectMany(m => IsFixed(m) ? [m] : types.Select(t => Overriding(t, name, [m]).FindAll(o => o.Syntax.Body is not null)).FirstOrDefault(o => o.Count > 0) ?? [m]).Distinct()];
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
