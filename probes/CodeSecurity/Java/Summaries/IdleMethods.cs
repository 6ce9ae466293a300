using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Methods that belong to no object a container knows and whose names nobody calls, as helpers that were copied along do.</summary>
internal static class IdleMethods
{
    private const int MostRounds = 8;

    /// <summary>Uses of a name of which it is looked whether all are the method's own.</summary>
    private const int MostOwn = 3;

    /// <summary>That tests call it does not make it part of what runs.</summary>
    /// <param name="program">The tree, its pages among the files.</param>
    /// <param name="all">Methods with bodies.</param>
    /// <param name="isEntry">Whether a container calls it.</param>
    public static IReadOnlyCollection<ProgramMethod> Of(JavaProgram program, IReadOnlyList<ProgramMethod> all, Func<ProgramMethod, bool> isEntry)
    {
        var candidates = all.Where(m => m.Syntax is { IsConstructor: false, Annotations.Length: 0 } && m.Syntax.Name != ImpliedCode.InitializerName
            && (m.IsStatic || m.Syntax.Modifiers.HasFlag(JavaModifiers.Private)) && !isEntry(m) && !TestCode.IsTest(m.Owner.Path)).ToList();
        var (uses, named) = (new Dictionary<CallName, int>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (path, unit) in program.Files)
        {
            var isTest = TestCode.IsTest(path);
            foreach (var node in isTest ? [] : JavaWalk.All(unit))
            {
                AddTypes(node, named);
                if (Name(program, node) is { } name)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(uses, name, out _)++;
                }
            }
        }

        var idle = new HashSet<ProgramMethod>();
        var open = candidates.ConvertAll(m => new Candidate(program, m, named));
        for (var round = 0; round < MostRounds; round++)
        {
            var found = open.FindAll(c => !c.IsUsed(uses));
            if (found.Count == 0)
            {
                break;
            }

            foreach (var name in found.SelectMany(c => Names(program, c.Method.Syntax)))
            {
                uses[name] = uses.GetValueOrDefault(name) - 1;
            }

            idle.UnionWith(found.Select(c => c.Method));
            open.RemoveAll(c => idle.Contains(c.Method));
        }

        if (IdleTypes.Of(program) is { Count: > 0 } types)
        {
            var entered = all.Where(isEntry).Select(m => m.Owner).ToHashSet();
            idle.UnionWith(all.Where(m => types.Contains(m.Owner) && !entered.Contains(m.Owner)));
        }

        return idle;
    }

    private const int MostArguments = 20;

    private static IEnumerable<CallName> Names(JavaProgram program, JavaNode code) => JavaWalk.All(code).Select(n => Name(program, n)).Where(n => n is not null).Select(n => n!.Value);

    /// <summary>A name that may mean a method, also in a text, of those that are asked for by name. Those on values are told apart.</summary>
    private static CallName? Name(JavaProgram program, JavaNode node) => node switch
    {
        JavaCall { Target: null or JavaName { Name: "this" or "super" } } call => Called(call.Name, call.Arguments.Length),
        JavaCall { Target: JavaName { Name: var type } } call when MayBeType(program, type) => Called(call.Name, call.Arguments.Length),
        JavaCall { Target: JavaSelect { Name: var type } } call when MayBeType(program, type) => Called(call.Name, call.Arguments.Length),
        JavaCall call => Called(call.Name, call.Arguments.Length) with { IsOnValue = true },
        JavaMethodReference reference => new(reference.Name),
        JavaLiteral { Kind: JavaTokenKind.StringLiteral } text => new(text.Value),
        _ => null,
    };

    /// <summary>Names of types, without what stands before them, of which there is a value.</summary>
    private static void AddTypes(JavaNode node, HashSet<string> to)
    {
        switch (node)
        {
            case JavaField field:
                Add(field.Type);
                break;
            case JavaLocalVariables variables:
                Add(variables.Type);
                break;
            case JavaCreation creation:
                Add(creation.Type);
                break;
            case JavaMethod method:
                Add(method.Returns);
                foreach (var parameter in method.Parameters)
                {
                    Add(parameter.Type);
                }

                break;
        }

        void Add(JavaTypeSyntax? type)
        {
            if (type is JavaNamedType named)
            {
                to.Add(named.Name);
            }
        }
    }

    private static bool MayBeType(JavaProgram program, string name) => char.IsUpper(name.FirstOrDefault()) || program.Types.SmallNames.Contains(name);

    private static CallName Called(string name, int arguments) => new(name, Math.Min(arguments, MostArguments));

    /// <summary>A name as it is called, or, where nobody counts arguments, the name alone.</summary>
    /// <param name="Name">Of the method, or a text that may be one.</param>
    /// <param name="Arguments">−1 where the name stands alone.</param>
    /// <param name="IsOnValue">It is called on something that is no type.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct CallName(string Name, int Arguments = -1, bool IsOnValue = false);

    /// <summary>A method that nobody may call, with the names it goes by. A static method may be called on a value too, where there are values of its class.</summary>
    private sealed class Candidate
    {
        private readonly JavaProgram _program;
        private readonly List<CallName> _names;
        private int[]? _own;

        public Candidate(JavaProgram program, ProgramMethod method, HashSet<string> named)
        {
            (_program, Method) = (program, method);
            var (name, count) = (method.Syntax.Name, method.Syntax.Parameters.Length);
            _names = [new(name)];
            for (var n = 0; n <= MostArguments; n++)
            {
                if (n == MostArguments ? count >= n : method.Takes(n))
                {
                    _names.Add(Called(name, n));
                }
            }

            if (!method.IsStatic || named.Contains(method.Owner.Syntax.Name))
            {
                _names.AddRange(_names.Skip(1).Select(n => n with { IsOnValue = true }).ToList());
            }
        }

        public ProgramMethod Method { get; }

        /// <summary>Elsewhere than in itself.</summary>
        public bool IsUsed(Dictionary<CallName, int> uses)
        {
            for (var i = 0; i < _names.Count; i++)
            {
                if (uses.GetValueOrDefault(_names[i]) is var used && used > 0 && (used > MostOwn || Own()[i] < used))
                {
                    return true;
                }
            }

            return false;
        }

        private int[] Own()
        {
            if (_own is null)
            {
                _own = new int[_names.Count];
                foreach (var name in Names(_program, Method.Syntax))
                {
                    if (_names.IndexOf(name) is >= 0 and var at)
                    {
                        _own[at]++;
                    }
                }
            }

            return _own;
        }
    }
}
