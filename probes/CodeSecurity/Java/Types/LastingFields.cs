namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Fields of objects of which there is one for all requests: what one request leaves there another one finds.</summary>
/// <param name="program">The tree.</param>
internal sealed class LastingFields(JavaProgram program)
{
    private const char Separator = '\n';

    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "Component", "Service", "Controller", "RestController", "Repository", "Configuration", "ControllerAdvice", "RestControllerAdvice", "DubboService", "Named", "Singleton", "ManagedBean",
        "WebServlet", "WebFilter", "WebListener", "WebService", "Path", "ServerEndpoint", "Stateless", "ApplicationScoped", "KafkaListener", "RabbitListener", "RocketMQMessageListener", "FeignClient", "Mapper", "Aspect",
    };

    private static readonly string[] Above =
    [
        "javax.servlet.http.HttpServlet", "javax.servlet.GenericServlet", "javax.servlet.Servlet", "javax.servlet.Filter", "javax.servlet.ServletContextListener", "javax.servlet.http.HttpSessionListener",
        "org.springframework.web.servlet.HandlerInterceptor", "org.springframework.web.filter.OncePerRequestFilter", "org.springframework.web.servlet.mvc.Controller", "org.springframework.context.ApplicationListener",
        "org.apache.struts.action.Action", "org.quartz.Job", "javax.jms.MessageListener", "io.netty.channel.ChannelInboundHandlerAdapter",
    ];

    private readonly Dictionary<(string, string), ProgramField?> _known = [];
    private HashSet<JavaDeclaredType>? _owners;

    private HashSet<JavaDeclaredType> Owners => _owners ??= Find();

    /// <summary>Objects of the type outlive requests.</summary>
    public bool Owns(JavaDeclaredType type) => Owners.Contains(type);

    /// <returns>Null where the field is none or not one of these.</returns>
    /// <param name="type">Full name of the owner.</param>
    /// <param name="name">Of the field.</param>
    public ProgramField? Of(string? type, string name)
    {
        if (type is null || name.StartsWith('[') || Owners.Count == 0)
        {
            return null;
        }

        if (!_known.TryGetValue((type, name), out var field))
        {
            field = program.Find(type) is { } owner && Owners.Contains(owner) && program.Field(owner, name) is { IsStatic: false } own && !program.Apis.IsInert(program.NameOf(own.Syntax.Type, own.Owner)) ? own : null;
            _known[(type, name)] = field;
        }

        return field;
    }

    /// <summary>The field that something at the end of a path belongs to: of the last object on the way there that lasts.</summary>
    /// <param name="root">Full name of the type the path begins at.</param>
    /// <param name="path">Parts, each behind a line feed.</param>
    /// <param name="part">Behind the path.</param>
    public ProgramField? At(string? root, string path, string part)
    {
        if (Owners.Count == 0)
        {
            return null;
        }

        var owner = root;
        ProgramField? found = null;
        foreach (var name in path.Split(Separator, StringSplitOptions.RemoveEmptyEntries).Append(part))
        {
            if (OfOne(owner, name) is not { } field)
            {
                // What is left somewhere in a service is not left in everything it has.
                return found is not null && program.Find(owner) is { } service && Owners.Contains(service) ? null : found;
            }

            (found, owner) = (field, program.NameOf(field.Syntax.Type, field.Owner));
        }

        return found;
    }

    /// <summary>Of what is declared as the type, where only one type below it has such a field too.</summary>
    private ProgramField? OfOne(string? type, string name) =>
        Of(type, name) is { } own ? own
        : type is null || name.StartsWith('[') || program.Find(type) is null ? null
        : program.Types.Inheritance.Descendants(type).Select(t => Of(t.FullName, name)).OfType<ProgramField>().Distinct().Take(2).ToList() is [var only] ? only : null;

    private HashSet<JavaDeclaredType> Find()
    {
        var found = new HashSet<JavaDeclaredType>();
        foreach (var type in program.Types.All)
        {
            if (type.Syntax.Kind == JavaTypeKind.Enum || type.Syntax.Annotations.Any(a => Annotations.Contains(DottedName.Last(a.Name))) || program.NamesAbove(type).Any(n => Above.Contains(n, StringComparer.Ordinal)))
            {
                found.Add(type);
            }

            foreach (var field in type.Syntax.Members.OfType<JavaField>().Where(f => f.Modifiers.HasFlag(JavaModifiers.Static)))
            {
                if (program.Find(program.NameOf(field.Type, type)) is { } held)
                {
                    found.Add(held);
                }
            }
        }

        found.UnionWith(found.SelectMany(t => program.Types.Inheritance.Ancestors(t)).ToList());
        return found;
    }
}
