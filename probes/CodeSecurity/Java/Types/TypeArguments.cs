namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What variables of types above stand for, by the heads of the types below: of <c>class S extends Base&lt;Dao&gt;</c> the variable of <c>Base</c> is <c>Dao</c>.</summary>
/// <param name="program">The tree.</param>
internal sealed class TypeArguments(JavaProgram program)
{
    private const int Deepest = 20;
    private const string PlusPackage = "com.baomidou.mybatisplus.extension.";

    /// <summary>Types of a library whose first argument is the mapper that they hold.</summary>
    private static readonly string[] HolderOfMapper = [PlusPackage + "service.impl.ServiceImpl", PlusPackage + "repository.AbstractRepository", PlusPackage + "repository.CrudRepository"];

    private readonly Dictionary<(JavaDeclaredType, string, int), (JavaTypeSyntax Syntax, JavaDeclaredType Within)?> _known = [];

    /// <summary>Full name of what the type of a member is, seen from a type below its owner; null where it is not known.</summary>
    /// <param name="syntax">As the member has it.</param>
    /// <param name="owner">Of the member.</param>
    /// <param name="seen">Where it is asked.</param>
    public string? NameOf(JavaTypeSyntax? syntax, JavaDeclaredType owner, JavaDeclaredType? seen)
    {
        if (seen is not null && seen != owner && syntax is JavaNamedType { Outer: null, Arguments.Length: 0 } named && IndexOf(owner, named.Name) is >= 0 and var index && Argument(seen, owner.FullName, index, 0) is { } found)
        {
            return program.NameOf(found.Syntax, found.Within);
        }

        return program.NameOf(syntax, owner);
    }

    /// <summary>Full name of the mapper that a service of MyBatis-Plus holds; null where a type is no such service.</summary>
    /// <param name="type">Type of the tree.</param>
    /// <param name="member">Name of the field or of the method that gives it.</param>
    public string? Mapper(JavaDeclaredType type, string member)
    {
        if (member is not ("baseMapper" or "getBaseMapper"))
        {
            return null;
        }

        foreach (var holder in HolderOfMapper)
        {
            if (Argument(type, holder, 0, 0) is { } found && program.NameOf(found.Syntax, found.Within) is { } name)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>What a type writes, or those between, where it extends one with arguments; and where names of that are to be looked up.</summary>
    private (JavaTypeSyntax Syntax, JavaDeclaredType Within)? Argument(JavaDeclaredType type, string above, int index, int depth)
    {
        if (depth > Deepest)
        {
            return null;
        }

        if (_known.TryGetValue((type, above, index), out var known))
        {
            return known;
        }

        (JavaTypeSyntax, JavaDeclaredType)? found = null;
        foreach (var head in type.Syntax.Extends.Concat(type.Syntax.Implements).OfType<JavaNamedType>())
        {
            var name = program.NameOf(head, type);
            if (name == above)
            {
                found = At(head, index, type);
            }
            else if (program.Find(name) is { } between && Argument(between, above, index, depth + 1) is { } higher)
            {
                found = higher.Within == between && higher.Syntax is JavaNamedType { Outer: null, Arguments.Length: 0 } variable && IndexOf(between, variable.Name) is >= 0 and var place ? At(head, place, type) ?? higher : higher;
            }

            if (found is not null)
            {
                break;
            }
        }

        return _known[(type, above, index)] = found;
    }

    private static (JavaTypeSyntax, JavaDeclaredType)? At(JavaNamedType head, int index, JavaDeclaredType within) => index < head.Arguments.Length ? (head.Arguments[index], within) : null;

    private static int IndexOf(JavaDeclaredType type, string variable)
    {
        for (var i = 0; i < type.Syntax.TypeParameters.Length; i++)
        {
            if (type.Syntax.TypeParameters[i].Name == variable)
            {
                return i;
            }
        }

        return -1;
    }
}
