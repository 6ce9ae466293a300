using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Objects of classes without a name.</summary>
internal sealed partial class MethodRun
{
    /// <summary>The object whose own fields and blocks are gone through; null elsewhere.</summary>
    private FlowValue? _nameless;

    /// <summary>What the class without a name does beyond that above it: first its fields and blocks, then whatever its methods are.</summary>
    /// <param name="creation">As it is written.</param>
    /// <param name="made">As the class above it makes it.</param>
    /// <param name="type">Full name of what stands above; null where that is not known.</param>
    private FlowValue Nameless(JavaCreation creation, FlowValue made, string? type)
    {
        var mark = _scopes.Mark();
        if (!IsTooDeep())
        {
            var around = _nameless;
            _nameless = made;
            _lambdas++;
            InitializeNameless(creation.Body);
            _lambdas--;
            _nameless = around;
        }

        RunBody(creation.Body, type);
        made = _now is null ? made : made with { Code = Code(creation) };
        _scopes.Leave(mark);
        return made;
    }

    /// <summary>Its fields are variables that its methods see.</summary>
    private void InitializeNameless(ImmutableArray<JavaMember> members)
    {
        foreach (var member in members)
        {
            if (_now is null)
            {
                return;
            }

            if (member is JavaField field)
            {
                Declare(field.Type, field.Variables);
            }
            else if (member is JavaInitializer block)
            {
                Execute(block.Body);
            }
        }
    }

    /// <summary>What stands above a class without a name comes before what stands around it.</summary>
    /// <returns>Null where it has no such method.</returns>
    private FlowValue? CallNameless(CallSite site)
    {
        if (_nameless is not { Type: { } type } made)
        {
            return null;
        }

        if (_program.Find(type) is { } above)
        {
            return CallProgram(Nearest(above, site.Name, site.Arguments), site with { Receiver = made });
        }

        return _apis.Find(type, site.Name, site.Arguments.Count) is null ? null : CallLibrary(site with { Receiver = made }, type);
    }
}
