namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of which one does harm, and the other does what it is for, or tells what was written to be told.</summary>
public sealed class FlowPurposeTwinTests
{
    private const string Imports = "import java.util.*; import javax.persistence.*; import com.baomidou.mybatisplus.annotation.*; import org.springframework.web.bind.annotation.*; import org.springframework.data.jpa.repository.JpaRepository; ";

    private static List<(CodeConfidence Confidence, bool IsForPeople)> Seen(string rule, params (string Path, string Text)[] files) =>
        [.. FlowDefectsTests.Analyze(files).Seen.Where(d => d.RuleId == rule).Select(d => (d.Confidence, d.IsForPeople))];

    private static (string, string) File(string text) => ("src/T.java", Imports + text);

    private static readonly (CodeConfidence, bool) Sure = (CodeConfidence.High, false);
    private static readonly (CodeConfidence, bool) ForPeople = (CodeConfidence.Low, true);

    private static (CodeConfidence, bool) Said(bool isSure) => isSure ? Sure : ForPeople;

    [Theory]
    [InlineData("String role;", "", true)]
    [InlineData("String role;", "u.setRole(\"guest\");", false)]
    [InlineData("String role;", "u.setRole(null);", false)]
    [InlineData("String role;", "try { u.setRole(null); } catch (IllegalStateException e) { throw e; }", false)]
    [InlineData("String role; Long balance;", "u.setRole(\"guest\").setBalance(0L);", false)]
    [InlineData("String role; Long balance;", "u.setRole(\"guest\");", true)]
    [InlineData("String role;", "if (p) { u.setRole(\"guest\"); }", true)]
    [InlineData("String role;", "u.setRole(u.getRole().trim());", true)]
    [InlineData("String role;", "u.setRole(r);", true)]
    [InlineData("String role;", "other.setRole(\"guest\");", true)]
    [InlineData("String status;", "", true)]
    [InlineData("String status;", "u.status = \"0\";", false)]
    public void What_is_grave_and_set_by_the_program_is_for_people(string fields, string sets, bool isSure) => Assert.Equal([Said(isSure)], Seen(
        "JT-BIND", File($"@Entity class User {{ Long id; String name; {fields} }} @RestController class T {{ JpaRepository<User, Long> repo; User other; @PostMapping(\"/a\") void q(User u, boolean p, String r) {{ {sets} repo.save(u); }} }}")));

    [Fact]
    public void Behind_a_service_it_is_set_as_well()
    {
        string Code(string before, string after) => $"@Entity class User {{ Long id; String status; }} class S {{ JpaRepository<User, Long> repo; void add(User given) {{ {before} repo.save(given); {after} }} }} @RestController class T {{ S s; @PostMapping(\"/a\") void q(User u) {{ s.add(u); }} }}";
        Assert.Equal([ForPeople], Seen("JT-BIND", File(Code("given.setStatus(null);", ""))));
        Assert.Equal([Sure], Seen("JT-BIND", File(Code("", "given.setStatus(null);"))));
    }

    [Theory]
    [InlineData("@TableField(exist = false) Long roleId;", 0)]
    [InlineData("@TableField(value = \"ROLE_ID\") Long roleId;", 1)]
    [InlineData("transient Long roleId;", 0)]
    [InlineData("Long roleId;", 1)]
    public void What_is_no_column_is_not_stored(string field, int found) => Assert.Equal(found, Seen(
        "JT-BIND", File($"@TableName(\"u\") class User {{ Long id; {field} }} interface M extends com.baomidou.mybatisplus.core.mapper.BaseMapper<User> {{ }} @RestController class T {{ M m; @PostMapping(\"/a\") void q(User u) {{ m.insert(u); }} }}")).Count);

    [Theory]
    [InlineData("", "@PostMapping(\"/users\") void save", "User", true)]
    [InlineData("@RequestMapping(\"/admin/user\")", "@PostMapping(\"/save\") void save", "User", false)]
    [InlineData("@RequestMapping(\"/sys/manage\")", "@PostMapping(\"/save\") void save", "User", false)]
    [InlineData("@RequestMapping(\"/administer\")", "@PostMapping(\"/save\") void save", "User", true)]
    [InlineData("@RequestMapping(\"/admin/user\")", "@PostMapping(\"/profile/save\") void save", "User", true)]
    [InlineData("@RequestMapping(\"/admin\")", "@PostMapping(\"/register\") void save", "User", true)]
    [InlineData("@RequestMapping(\"/admin\")", "@PostMapping(\"/save\") void updateMyself", "User", true)]
    [InlineData("", "@PostMapping(\"/a\") void save", "SysMenu", false)]
    public void What_administrators_are_there_to_set_is_for_people(string onType, string head, string entity, bool isSure) => Assert.Equal([Said(isSure)], Seen(
        "JT-BIND", File($"@Entity class {entity} {{ Long id; String permissions; }} {onType} @RestController class T {{ JpaRepository<{entity}, Long> repo; {head}({entity} u) {{ repo.save(u); }} }}")));

    /// <summary>The same place is reached by what administrators do and by what everybody does.</summary>
    [Fact]
    public void What_everybody_does_is_told_before_what_administrators_do() => Assert.Equal([Sure], Seen(
        "JT-BIND",
        File("@Entity class User { Long id; String role; } class S { JpaRepository<User, Long> repo; void add(User u) { repo.save(u); } } @RequestMapping(\"/admin\") @RestController class T { S s; @PostMapping(\"/a\") void q(User u) { s.add(u); } } @RestController class U { S s; @PostMapping(\"/b\") void q(User u) { s.add(u); } }")));

    [Fact]
    public void What_a_role_is_called_gives_nobody_one() => Assert.Empty(Seen(
        "JT-BIND", File("@Entity class Role { Long id; String role; String roleName; } @RestController class T { JpaRepository<Role, Long> repo; @PostMapping(\"/a\") void q(Role u) { repo.save(u); } }")));

    private static (CodeConfidence, bool) Leak(string type, string head, string before, string caught, string after = "e.getMessage()") => Assert.Single(Seen(
        "JT-LEAK", File($"class Own extends RuntimeException {{ Own(String s) {{ super(s); }} }} class Late extends RuntimeException {{ }} {type} {{ com.lib.Service service; com.lib.Check check; {head} Object q(String p) {{ {before} try {{ service.save(p); }} catch ({caught} e) {{ return {after}; }} return \"\"; }} }}")));

    [Theory]
    [InlineData("@RestController class T", "@PostMapping(\"/a\")", "", true)]
    [InlineData("@RestController class T", "@PostMapping(\"/a\")", "check.isSuperAdmin(p);", false)]
    [InlineData("@RestController class T", "@PostMapping(\"/a\")", "check.isOpen(p);", true)]
    [InlineData("@RestController class T", "@PostMapping(\"/a\") @org.springframework.security.access.prepost.PreAuthorize(\"hasRole('ADMIN')\")", "", false)]
    [InlineData("@RestController class T", "@PostMapping(\"/a\") @org.springframework.security.access.prepost.PreAuthorize(\"hasRole('USER')\")", "", true)]
    [InlineData("@RestController class AdminConsole", "@PostMapping(\"/a\")", "", false)]
    [InlineData("@RestController class InstallController", "@PostMapping(\"/a\")", "", false)]
    [InlineData("@RestController class AdminLoginController", "@PostMapping(\"/a\")", "", true)]
    [InlineData("@RestController class Administration", "@PostMapping(\"/a\")", "", true)]
    public void What_only_operators_see_is_for_people(string type, string head, string before, bool isSure) => Assert.Equal(Said(isSure), Leak(type, head, before, "Exception"));

    [Theory]
    [InlineData("verifyFormula", false)]
    [InlineData("checkCron", false)]
    [InlineData("saveFormula", true)]
    [InlineData("verify", true)]
    public void Who_tries_what_he_wrote_is_told_what_is_wrong_with_it(string name, bool isSure) => Assert.Equal(Said(isSure), Leak("@RestController class T", $"@PostMapping(\"/b\") Object {name}(String p) {{ try {{ service.save(p); }} catch (Exception e) {{ return e.getMessage(); }} return \"\"; }} @PostMapping(\"/a\")", "", "Exception", "\"\""));

    [Theory]
    [InlineData("if (e instanceof org.apache.shiro.authz.UnauthorizedException || e instanceof Own) { return e.getMessage(); }", false)]
    [InlineData("if (e instanceof java.nio.file.AccessDeniedException || e instanceof Own) { return e.getMessage(); }", true)]
    [InlineData("if (e instanceof Own || e instanceof Late) { return e.getMessage(); }", false)]
    [InlineData("if (e instanceof Own || e instanceof java.sql.SQLException) { return e.getMessage(); }", true)]
    [InlineData("if (e instanceof Own || p.isEmpty()) { return e.getMessage(); }", true)]
    [InlineData("if (!(e instanceof Own)) { return e.getMessage(); }", true)]
    public void What_was_asked_to_be_of_the_tree_itself_is_for_people(string body, bool isSure) => Assert.Equal([Said(isSure)], Seen(
        "JT-LEAK", File($"class Own extends RuntimeException {{ Own(String s) {{ super(s); }} }} class Late extends RuntimeException {{ }} @RestController class T {{ com.lib.Service service; @PostMapping(\"/a\") Object q(String p) {{ try {{ service.save(p); }} catch (Exception e) {{ {body} }} return \"\"; }} }}")));

    [Theory]
    [InlineData("UnauthorizedException.class", false)]
    [InlineData("{UnauthorizedException.class, AccountException.class}", false)]
    [InlineData("{UnauthorizedException.class, Own.class}", false)]
    [InlineData("{UnauthorizedException.class, java.io.IOException.class}", true)]
    [InlineData("Exception.class", true)]
    public void A_handler_of_what_tells_of_a_right_is_for_people(string handled, bool isSure) => Assert.Equal([Said(isSure)], Seen(
        "JT-LEAK", File($"import org.apache.shiro.authz.*; import org.apache.shiro.authc.*; class Own extends RuntimeException {{ }} @RestControllerAdvice class T {{ @ExceptionHandler({handled}) Object q(Throwable e) {{ return e.getMessage(); }} }}")));

    [Fact]
    public void A_handler_of_everything_may_ask_for_its_own() => Assert.Equal([ForPeople], Seen(
        "JT-LEAK", File("class Own extends RuntimeException { } class Late extends RuntimeException { } @RestControllerAdvice class T { @ExceptionHandler(Exception.class) Object q(Throwable e) { if (e instanceof Own || e instanceof Late) { return e.getMessage(); } return \"\"; } }")));

    [Theory]
    [InlineData("import org.yaml.snakeyaml.Yaml;", "new Yaml().loadAs(p, Map.class);", false)]
    [InlineData("import org.yaml.snakeyaml.Yaml;", "new Yaml().loadAs(p, Map.class); service.save(p);", true)]
    [InlineData("import com.lib.Yaml;", "new Yaml().loadAs(p, Map.class);", true)]
    public void What_is_wrong_with_the_text_of_the_caller_is_for_people(string import, string body, bool isSure) => Assert.Equal([Said(isSure)], Seen(
        "JT-LEAK", ("src/T.java", $"{import} {Imports} @RestController class T {{ com.lib.Service service; @PostMapping(\"/a\") Object q(String p) {{ try {{ {body} }} catch (Exception e) {{ return e.getMessage(); }} return \"\"; }} }}")));
}
