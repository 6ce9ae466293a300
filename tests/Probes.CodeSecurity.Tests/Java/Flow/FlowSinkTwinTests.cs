namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of weaknesses and libraries: members of a servlet that are bad, and their likes that are not.</summary>
public sealed class FlowSinkTwinTests
{
    private static bool Has(string id, string text, string head = "") =>
        FlowCase.Ids(FlowCase.Run([("src/T.java", $"package a; import java.io.*; import java.util.*; import java.sql.*; import javax.servlet.http.*; import org.springframework.web.bind.annotation.*; {head} {text}")])).Contains(id);

    private static string Servlet(string body, string members = "") =>
        $"class T extends HttpServlet {{ {members} public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception {{ String p = r.getParameter(\"p\"); {body} }} }}";

    private static void Twins(string id, string bad, string good, string members, string head = "")
    {
        Assert.True(Has(id, Servlet(bad, members), head));
        Assert.False(Has(id, Servlet(good, members), head));
    }

    [Theory]
    [InlineData("new com.baomidou.mybatisplus.core.conditions.query.QueryWrapper<Object>().eq(\"a\", 1).apply(\"x = \" + p);", "new com.baomidou.mybatisplus.core.conditions.query.QueryWrapper<Object>().eq(\"a\", p).apply(\"x = {0}\", p.length());")]
    [InlineData("new com.baomidou.mybatisplus.core.conditions.query.QueryWrapper<Object>().last(\"limit \" + p);", "new com.baomidou.mybatisplus.core.conditions.query.QueryWrapper<Object>().last(\"limit \" + Integer.parseInt(p));")]
    [InlineData("new com.baomidou.mybatisplus.core.conditions.query.QueryWrapper<Object>().orderByDesc(p);", "new com.baomidou.mybatisplus.core.conditions.query.QueryWrapper<Object>().orderByDesc(ok(p));")]
    [InlineData("new com.baomidou.mybatisplus.core.conditions.query.QueryWrapper<Object>().inSql(\"id\", \"select id from t where n='\" + p + \"'\");", "new com.baomidou.mybatisplus.core.conditions.query.QueryWrapper<Object>().in(\"id\", p);")]
    [InlineData("new com.baomidou.mybatisplus.core.conditions.query.QueryWrapper<Object>().eq(p, 1);", "new com.baomidou.mybatisplus.core.conditions.query.QueryWrapper<Object>().like(\"name\", p);")]
    [InlineData("com.baomidou.mybatisplus.core.toolkit.Wrappers.query().having(\"sum(a) > \" + p);", "com.baomidou.mybatisplus.core.toolkit.Wrappers.query().groupBy(\"a\");")]
    [InlineData("jt.queryForList(\"select * from t where a=\" + p);", "jt.queryForList(\"select * from t where a=?\", p);")]
    [InlineData("em.createNativeQuery(\"select * from t order by \" + p).getResultList();", "em.createNativeQuery(\"select * from t where a = :a\").setParameter(\"a\", p).getResultList();")]
    [InlineData("em.createQuery(\"from T where a='\" + p + \"'\");", "em.getCriteriaBuilder().equal(null, p);")]
    [InlineData("hs.createSQLQuery(\"select \" + p).list();", "hs.createSQLQuery(\"select 1 where a=:a\").setString(\"a\", p).list();")]
    [InlineData("com.github.pagehelper.PageHelper.startPage(1, 10, p);", "com.github.pagehelper.PageHelper.startPage(1, 10, \"id desc\");")]
    [InlineData("com.github.pagehelper.PageHelper.orderBy(p);", "com.github.pagehelper.PageHelper.orderBy(\"a\".equals(p) ? \"a\" : \"b\");")]
    public void Sql_of_frameworks(string bad, string good) => Twins("sql", bad, good,
        "org.springframework.jdbc.core.JdbcTemplate jt; javax.persistence.EntityManager em; org.hibernate.Session hs; static final List<String> OK = Arrays.asList(\"a\", \"b\"); String ok(String s) { return OK.contains(s) ? s : \"id\"; }");

    [Theory]
    [InlineData("Runtime.getRuntime().exec(new String[] { \"sh\", \"-c\", \"ping \" + p });", "Runtime.getRuntime().exec(new String[] { \"ping\", \"localhost\" });")]
    [InlineData("cn.hutool.core.util.RuntimeUtil.execForStr(\"ls \" + p);", "cn.hutool.core.util.RuntimeUtil.execForStr(\"ls\");")]
    [InlineData("List<String> c = new ArrayList<>(); c.add(\"sh\"); c.add(p); new ProcessBuilder(c).start();", "List<String> c = new ArrayList<>(); c.add(\"sh\"); new ProcessBuilder(c).start();")]
    [InlineData("ch.setCommand(\"cat \" + p);", "ch.setCommand(\"date\");")]
    [InlineData("org.apache.commons.exec.CommandLine.parse(\"ls \" + p);", "org.apache.commons.exec.CommandLine.parse(\"ls \" + UUID.fromString(p));")]
    public void Commands(string bad, string good) => Twins("command", bad, good, "com.jcraft.jsch.ChannelExec ch;");

    [Theory]
    [InlineData("new java.net.URL(p).openStream();", "new java.net.URL(\"https://a.example/x?n=\" + p).openStream();")]
    [InlineData("cn.hutool.http.HttpUtil.get(\"http://\" + p);", "cn.hutool.http.HttpUtil.get(\"http://a.example/ip?ip=\" + p);")]
    [InlineData("get(p, \"x\");", "get(\"http://a.example\", p);")]
    [InlineData("new org.apache.http.client.methods.HttpGet(p);", "if (!HOSTS.contains(p)) { return; } new org.apache.http.client.methods.HttpGet(p);")]
    [InlineData("new okhttp3.Request.Builder().url(p).build();", "new okhttp3.Request.Builder().url(\"https://a.example/\" + p).build();")]
    [InlineData("javax.imageio.ImageIO.read(new java.net.URL(p));", "javax.imageio.ImageIO.read(new File(p));")]
    public void Requests_to_others(string bad, string good) => Twins("ssrf", bad, good, "static final Set<String> HOSTS = new HashSet<>(Arrays.asList(\"https://a.example\")); void get(String url, String q) throws Exception { new java.net.URL(url + \"?q=\" + q).openStream(); }");

    [Theory]
    [InlineData("w.sendRedirect(\"https://\" + p);", "w.sendRedirect(\"/detail?id=\" + p);")]
    [InlineData("new org.springframework.web.servlet.ModelAndView(\"redirect:\" + p);", "new org.springframework.web.servlet.ModelAndView(\"redirect:/list?p=\" + p);")]
    public void Redirects(string bad, string good) => Twins("redirect", bad, good, "");

    [Theory]
    [InlineData("@Controller class C { @GetMapping(\"/a\") public String q(String url) { return \"redirect:\" + url; } }", true)]
    [InlineData("@Controller class C { @GetMapping(\"/a\") public String q(String id) { return \"redirect:/list?id=\" + id; } }", false)]
    [InlineData("@Controller class C { @GetMapping(\"/a\") public String q(String url) { if (\"/home\".equals(url)) { return \"redirect:\" + url; } return \"index\"; } }", false)]
    public void Redirects_that_are_returned(string text, bool isBad) => Assert.Equal(isBad, Has("redirect", text, "import org.springframework.stereotype.Controller;"));

    [Theory]
    [InlineData("Class.forName(p);", "Class.forName(\"a.B\");")]
    [InlineData("getClass().getClassLoader().loadClass(p);", "if (OK.contains(p)) { getClass().getClassLoader().loadClass(p); }")]
    [InlineData("make(p);", "make(\"a.B\");")]
    [InlineData("Object.class.getDeclaredMethod(p);", "Object.class.getDeclaredMethod(\"run\", String.class);")]
    [InlineData("Map<String, String> m = new HashMap<>(); m.put(\"c\", p); Class.forName(m.get(\"c\"));", "Map<String, String> m = new HashMap<>(); m.put(\"c\", p); m.put(\"d\", \"a.B\"); Class.forName(m.get(\"d\"));")]
    [InlineData("Class.forName(NAMES.getOrDefault(\"x\", p));", "Class.forName(pick(p));")]
    [InlineData("if (!p.startsWith(\"a\")) { return; } Class.forName(p);", "if (!p.startsWith(\"a.jobs.\")) { throw new IllegalStateException(); } Class.forName(p);")]
    public void Names_of_classes(string bad, string good) => Twins("reflect", bad, good, "static final List<String> OK = Arrays.asList(\"a.B\"); static final Map<String, String> NAMES = new HashMap<>(); Object make(String n) throws Exception { return Class.forName(n); } String pick(String s) { switch (s) { case \"a\": return \"a.A\"; default: return \"a.B\"; } }");

    [Theory]
    [InlineData("log.info(\"user {}\", p);", "log.info(\"user {}\", p.length());")]
    [InlineData("log.error(\"bad \" + p);", "log.error(\"bad \" + p.replaceAll(\"[\\r\\n]\", \"\"));")]
    [InlineData("note(p);", "note(\"a\");")]
    [InlineData("String s = String.format(\"u=%s\", p); log.warn(s);", "String s = String.format(\"u=%d\", Long.parseLong(p)); log.warn(s);")]
    [InlineData("jul.warning(p);", "jul.warning(\"a\");")]
    [InlineData("try { p.length(); } catch (Exception e) { log.error(p, e); }", "try { p.length(); } catch (Exception e) { log.error(e.getMessage(), e); }")]
    public void Logs(string bad, string good) => Twins("log", bad, good, "static final org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger(T.class); static final java.util.logging.Logger jul = java.util.logging.Logger.getLogger(\"a\"); void note(String s) { log.debug(s); }");

    [Theory]
    [InlineData("ZipEntry e = z.getNextEntry(); new FileOutputStream(\"/d/\" + e.getName());", "ZipEntry e = z.getNextEntry(); new FileOutputStream(\"/d/\" + new File(e.getName()).getName());")]
    [InlineData("ZipEntry e = z.getNextEntry(); put(new File(\"/d\", e.getName()));", "ZipEntry e = z.getNextEntry(); File f = new File(\"/d\", e.getName()); check(f); put(f);")]
    [InlineData("ZipEntry e = z.getNextEntry(); String n = e.getName().replace('\\\\', '/'); new FileOutputStream(n);", "ZipEntry e = z.getNextEntry(); String n = e.getName(); if (n.contains(\"..\")) { throw new IOException(n); } new FileOutputStream(n);")]
    [InlineData("ZipEntry e = z.getNextEntry(); Files.copy(z, Paths.get(\"/d\").resolve(e.getName()));", "ZipEntry e = z.getNextEntry(); Files.copy(z, Paths.get(\"/d\").resolve(\"a\"));")]
    [InlineData("for (ZipEntry e = z.getNextEntry(); e != null; e = z.getNextEntry()) { File f = new File(\"/d/\" + e.getName()); if (!e.isDirectory()) { new FileWriter(f); } }", "for (ZipEntry e = z.getNextEntry(); e != null; e = z.getNextEntry()) { File f = new File(\"/d/\" + e.getName()); String c = f.getCanonicalPath(); if (!c.startsWith(\"/d/\")) { continue; } new FileWriter(f); }")]
    [InlineData("ZipEntry e = z.getNextEntry(); org.apache.commons.io.FileUtils.copyInputStreamToFile(z, new File(e.getName()));", "ZipEntry e = z.getNextEntry(); st.executeQuery(e.getName()); new File(e.getName()).exists();")]
    public void Entries_of_archives(string bad, string good) => Twins("zip-slip", bad, good, "ZipInputStream z; Statement st; void put(File f) throws Exception { new FileOutputStream(f); } void check(File f) throws Exception { if (!f.getCanonicalPath().startsWith(\"/d/\")) { throw new IOException(); } }", "import java.util.zip.*; import java.nio.file.*;");

    [Fact]
    public void Entries_of_archives_lead_to_nothing_else() =>
        Assert.False(Has("sql", Servlet("ZipEntry e = z.getNextEntry(); st.executeQuery(e.getName());", "ZipInputStream z; Statement st;"), "import java.util.zip.*;"));

    [Theory]
    [InlineData("f.transferTo(new File(\"/d\", f.getOriginalFilename()));", "f.transferTo(new File(\"/d\", UUID.randomUUID() + \".pdf\"));")]
    [InlineData("String n = f.getOriginalFilename(); String x = n.substring(n.lastIndexOf('.')); f.transferTo(new File(\"/d/\" + UUID.randomUUID() + x));", "String n = f.getOriginalFilename(); String x = n.substring(n.lastIndexOf('.')); if (!OK.contains(x)) { return; } f.transferTo(new File(\"/d/\" + UUID.randomUUID() + x));")]
    [InlineData("String n = f.getOriginalFilename(); File d = new File(\"/d/\" + n); f.transferTo(d);", "assertAllowed(f); f.transferTo(new File(\"/d\", f.getOriginalFilename()));")]
    [InlineData("new FileOutputStream(\"/d/\" + org.apache.commons.io.FilenameUtils.getName(f.getOriginalFilename()));", "new FileInputStream(\"/d/\" + org.apache.commons.io.FilenameUtils.getName(f.getOriginalFilename()));")]
    [InlineData("Files.write(Paths.get(\"/d\", f.getOriginalFilename()), f.getBytes());", "String n = f.getOriginalFilename(); if (!org.apache.commons.io.FilenameUtils.isExtension(n, \"pdf\")) { return; } Files.write(Paths.get(\"/d\", n), f.getBytes());")]
    [InlineData("String n = f.getOriginalFilename(); if (n.isEmpty()) { return; } f.transferTo(new File(\"/d\", n));", "String n = f.getOriginalFilename(); ext(n); f.transferTo(new File(\"/d\", n));")]
    [InlineData("String n = f.getOriginalFilename(); if (n.endsWith(\".jsp\")) { return; } f.transferTo(new File(\"/d\", n));", "String n = f.getOriginalFilename(); if (!n.toLowerCase().endsWith(\".png\")) { return; } f.transferTo(new File(\"/d\", n));")]
    [InlineData("String n = f.getOriginalFilename(); String[] may = { \".png\", \".pdf\" }; boolean ok = false; for (String e : may) { if (n.endsWith(e)) { ok = true; break; } } if (ok) { return; } f.transferTo(new File(\"/d\", n));", "String n = f.getOriginalFilename(); String[] may = { \".png\", \".pdf\" }; boolean ok = false; for (String e : may) { if (n.toLowerCase().endsWith(e)) { ok = true; break; } } if (!ok) { throw new IllegalStateException(); } f.transferTo(new File(\"/d\", n));")]
    public void Uploads(string bad, string good) => Twins("upload", bad, good, "org.springframework.web.multipart.MultipartFile f; static final List<String> OK = Arrays.asList(\".png\"); void assertAllowed(Object o) { } void ext(String n) { String x = n.substring(n.lastIndexOf(\".\")); if (!OK.contains(x)) { throw new IllegalArgumentException(); } }", "import java.nio.file.*;");

    [Theory]
    [InlineData("String n = p; String x = n.substring(n.lastIndexOf(\".\") + 1); new FileInputStream(\"/d/a.\" + x);")]
    [InlineData("new FileInputStream(\"/d/\" + p.replaceAll(\"[/\\\\\\\\:*?]\", \"\"));")]
    [InlineData("new FileInputStream(\"/d/\" + p.replaceAll(\"[^a-z0-9_]\", \"\"));")]
    [InlineData("File f = new File(\"/d\", p); String c = f.getCanonicalPath(); if (!c.startsWith(\"/d/\")) { return; } new FileInputStream(f);")]
    [InlineData("if (S.contains(p, \"..\")) { return; } new FileInputStream(\"/d/\" + p);")]
    [InlineData("new FileInputStream(\"/d/\" + cn.hutool.core.io.FileUtil.getName(p));")]
    public void Paths_that_are_kept_in_their_place(string good) => Assert.False(Has("path", Servlet(good), "class S extends org.apache.commons.lang3.StringUtils { }"));
}
