namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which methods are called by other programs that lie in the same tree: what a stranger chooses of what they are given he chooses there. One thread at a time.</summary>
internal sealed class RemoteCallers(JavaProgram program)
{
    /// <summary>Their classes serve what the interfaces above them ask for to other programs.</summary>
    private static readonly HashSet<string> Serving = new(StringComparer.Ordinal)
    {
        "org.apache.dubbo.config.annotation.DubboService", "org.apache.dubbo.config.annotation.Service", "com.alibaba.dubbo.config.annotation.Service", "com.alipay.sofa.runtime.api.annotation.SofaService",
    };

    /// <summary>They stand on interfaces whose methods another program calls.</summary>
    private static readonly HashSet<string> Asking = new(StringComparer.Ordinal)
    {
        "org.springframework.cloud.openfeign.FeignClient", "org.springframework.cloud.netflix.feign.FeignClient", "org.springframework.web.service.annotation.HttpExchange",
    };

    private readonly DeclaredAnnotations _annotations = new(program);
    private readonly Dictionary<ProgramMethod, bool> _known = [];
    private HashSet<(string Type, string Name, int Arguments)>? _calls;

    /// <summary>Somebody in the tree calls it as a method of another program.</summary>
    public bool Has(ProgramMethod method)
    {
        if (!_known.TryGetValue(method, out var has))
        {
            _calls ??= Calls();
            _known[method] = has = Asked(method.Owner).Any(i => program.Declared(i, method.Syntax.Name).Exists(m => m.Syntax.Parameters.Length == method.Syntax.Parameters.Length)
                && _calls.Contains((i.FullName, method.Syntax.Name, method.Syntax.Parameters.Length)));
        }

        return has;
    }

    /// <summary>Interfaces by which other programs call a class.</summary>
    private IEnumerable<JavaDeclaredType> Asked(JavaDeclaredType type)
    {
        var above = program.Types.Inheritance.Ancestors(type).Where(a => a.Syntax.Kind == JavaTypeKind.Interface);
        return _annotations.Of(type, type.Syntax.Annotations).Overlaps(Serving) ? above : above.Where(a => _annotations.Of(a, a.Syntax.Annotations).Overlaps(Asking));
    }

    /// <summary>Calls on fields, by what these are declared as.</summary>
    private HashSet<(string Type, string Name, int Arguments)> Calls()
    {
        var asked = program.Types.All.SelectMany(Asked).Select(t => t.FullName).ToHashSet(StringComparer.Ordinal);
        var calls = new HashSet<(string, string, int)>();
        foreach (var type in asked.Count == 0 ? [] : program.Types.All.Where(t => !TestCode.IsTest(t.Path)))
        {
            foreach (var call in JavaWalk.All(type.Syntax).OfType<JavaCall>())
            {
                var name = call.Target switch { JavaName field => field.Name, JavaSelect { Target: JavaName { Name: "this" }, Name: var own } => own, _ => null };
                if (name is not null && program.Field(type, name) is { } on && program.NameOf(on.Syntax.Type, on.Owner) is { } declared && asked.Contains(declared))
                {
                    calls.Add((declared, call.Name, call.Arguments.Length));
                }
            }
        }

        return calls;
    }
}
